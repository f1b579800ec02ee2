import type { BenchSettings } from './settings.js';

/** What a part of the bench needs beside the settings. */
export interface PartRun {
  readonly settings: BenchSettings;
  readonly dataFolder: string;
  /** Folder of CSVs and pictures. */
  readonly folder: string;
  readonly print: (line: string) => void;
}
