/** The one style sheet, inline. Colours have a light and a dark value; prints are light. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d8dee4; --wash: #f6f8fa;
  --blue: #0072b2; --vermillion: #d55e00; --green: #009e73; --purple: #b0568f; --amber: #c98500; --sky: #4aa3d8;
  --grey: #6e7781;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e6edf3; --soft: #9aa5b1; --rule: #353c45; --wash: #1c2229;
    --blue: #58b1e8; --vermillion: #f0883e; --green: #3ecf9f; --purple: #e39ac6; --amber: #e9b73a; --sky: #86cbf2;
    --grey: #8b949e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; margin: 3rem 0 .6rem; padding-top: .9rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; }
.kind { margin: 0 0 .3rem; color: var(--soft); letter-spacing: .02em; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .9rem 0; }
dt { font-size: .8rem; color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.verdict { margin: 1.6rem 0; padding: 1rem 1.2rem; background: var(--wash); border-left: 5px solid var(--grey); border-radius: 0 6px 6px 0; }
.verdict p { margin: 0; }
.verdict .headline { font-size: 1.2rem; font-weight: 650; margin-bottom: .3rem; }
.verdict.gain { border-color: var(--blue); }
.verdict.worse { border-color: var(--vermillion); }
.empty { color: var(--soft); font-style: italic; }
figure { margin: .4rem 0 1.6rem; }
figcaption, caption { font-size: .86rem; color: var(--soft); text-align: left; line-height: 1.45; }
figcaption { margin-top: .5rem; max-width: 48rem; }
caption { padding-bottom: .5rem; }
.panels { display: flex; flex-wrap: wrap; gap: .6rem 1rem; }
.panel { max-width: 100%; overflow-x: auto; }
.panel-title { margin: .2rem 0 0; font-size: .86rem; font-weight: 600; }
.plot { display: block; max-width: 100%; height: auto; }
.plot text { white-space: pre; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; margin: .3rem 0 .5rem; padding: 0; font-size: .86rem; }
.legend svg { margin-right: .45rem; vertical-align: middle; }
.scroll { overflow-x: auto; margin: .6rem 0 1.4rem; }
table { border-collapse: collapse; font-size: .88rem; width: 100%; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--rule); }
th, td { padding: .4rem 1.1rem .4rem 0; vertical-align: top; }
th:last-child, td:last-child { padding-right: .3rem; }
td { border-bottom: 1px solid var(--rule); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.code, code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .8rem; }
td.code { white-space: nowrap; }
td code { font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
td small { color: var(--soft); }
tr.winner td { background: var(--wash); font-weight: 600; }
.role { margin-left: .5rem; padding: 0 .4rem; font-size: .72rem; font-weight: 400; color: var(--soft); border: 1px solid var(--rule); border-radius: 1rem; white-space: nowrap; }
.role.winner { color: var(--blue); border-color: var(--blue); }
.formula { padding: .8rem 1rem; background: var(--wash); border-radius: 6px; overflow-x: auto; }
.formula code { font-size: .95rem; }
pre { padding: .8rem 1rem; background: var(--wash); border-radius: 6px; overflow-x: auto; }
summary { cursor: pointer; font-size: .9rem; }
.columns { display: flex; flex-wrap: wrap; gap: 0 3rem; }
.columns > div { flex: 1 1 18rem; }
.columns dl { flex-direction: column; }
footer { margin-top: 3rem; font-size: .82rem; color: var(--soft); }
@media print { main { max-width: none; } h2, h3 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
