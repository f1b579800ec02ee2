// Makes a fresh checkout ready: right Node, dependencies as locked, code compiled. Does only what is missing, so
// that `npm start` and `npm test` work first and in any order. Plain old JavaScript, for the Node that is too old.
'use strict';

var fs = require('fs');
var path = require('path');
var childProcess = require('child_process');
var nodeProblem = require('./node-version.cjs').nodeProblem;

var root = path.join(__dirname, '..');

function fail(message) {
  console.error(message);
  process.exit(2);
}

function run(command, commandArguments, env) {
  // npm is a script on Windows, and scripts need a shell there.
  var result = childProcess.spawnSync(command, commandArguments, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: Object.assign({}, process.env, env || {}),
  });
  if (result.status !== 0) fail('lossmith: `' + command + ' ' + commandArguments.join(' ') + '` failed');
}

/** npm writes node_modules/.package-lock.json last: it is there and newer than the lock when the install is whole. */
function installed() {
  try {
    var marker = fs.statSync(path.join(root, 'node_modules', '.package-lock.json')).mtimeMs;
    return marker >= fs.statSync(path.join(root, 'package-lock.json')).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Newest change below a folder, in milliseconds. */
function newest(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).reduce(function (latest, entry) {
    var full = path.join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(full) : fs.statSync(full).mtimeMs);
  }, fs.statSync(folder).mtimeMs);
}

/** The mark is written after a build. */
function built() {
  try {
    return fs.statSync(path.join(root, 'dist', '.prepared')).mtimeMs >= newest(path.join(root, 'src'));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

var problem = nodeProblem(process.versions.node);
if (problem !== undefined) fail(problem);
if (!installed()) {
  console.error('lossmith: installing dependencies (npm ci)');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}
if (!built()) {
  console.error('lossmith: compiling');
  run(process.execPath, [path.join(__dirname, 'build.mjs')]);
  fs.writeFileSync(path.join(root, 'dist', '.prepared'), '');
}
