import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderUserError } from '../../src/core/errors.js';
import { findDataFile } from '../../src/data/find-data-file.js';
import { asOrdinaryUser } from '../support/as-ordinary-user.js';
import { temporaryFolder, userError } from './support.js';

const folder = temporaryFolder();
const first = join(folder.path, 'first');
const second = join(folder.path, 'second');
folder.write('first/here.csv', '1');
folder.write('first/deep/below.csv', '1');
folder.write('first/packed.csv.gz', '1');
folder.write('second/here.csv', '2');
folder.write('second/only.csv', '2');
folder.write('second/a/twice.csv', '2');
folder.write('second/b/twice.csv', '2');
const environment = { dataFolders: [first, second] };

describe('findDataFile', () => {
  it('takes the first data folder that has the file', () => {
    expect(findDataFile('here.csv', environment)).toBe(join(first, 'here.csv'));
    expect(findDataFile('only.csv', environment)).toBe(join(second, 'only.csv'));
    expect(findDataFile('here.csv', { dataFolders: [second, first] })).toBe(join(second, 'here.csv'));
  });
  it('looks one folder below, and by relative path', () => {
    expect(findDataFile('below.csv', environment)).toBe(join(first, 'deep', 'below.csv'));
    expect(findDataFile('deep/below.csv', environment)).toBe(join(first, 'deep', 'below.csv'));
  });
  it('finds a file with .gz when asked without, and the other way round', () => {
    expect(findDataFile('packed.csv', environment)).toBe(join(first, 'packed.csv.gz'));
    expect(findDataFile('here.csv.gz', environment)).toBe(join(first, 'here.csv'));
  });
  it('takes absolute paths as they are, and does not look for them elsewhere', () => {
    expect(findDataFile(join(second, 'here.csv'), environment)).toBe(join(second, 'here.csv'));
    expect(userError(() => findDataFile('/here.csv', environment)).code).toBe('file-missing');
    expect(userError(() => findDataFile('./here.csv', environment)).code).toBe('file-missing');
  });
  it('does not choose between two files of the same name', () => {
    const error = userError(() => findDataFile('twice.csv', environment));
    expect(error.code).toBe('data');
    expect(error.found).toContain(join('a', 'twice.csv'));
    expect(error.found).toContain(join('b', 'twice.csv'));
  });
  it('says where it looked and where a known file can be had', () => {
    const error = userError(() => findDataFile('tables/mammography.csv.gz', environment));
    expect(error.code).toBe('file-missing');
    const line = renderUserError(error);
    expect(line).toContain('tables/mammography.csv.gz');
    expect(line).toContain(first);
    expect(line).toContain(second);
    expect(line).toContain('OpenML data set 310');
    expect(renderUserError(userError(() => findDataFile('x.csv', { dataFolders: [] })))).toContain(
      'no data folder',
    );
  });
  it('passes over a folder that does not exist', () => {
    const environmentWithGap = { dataFolders: [join(folder.path, 'absent'), second] };
    expect(findDataFile('only.csv', environmentWithGap)).toBe(join(second, 'only.csv'));
  });
  it('passes over links that lead to files, to nothing and to themselves', () => {
    folder.write('linked/deep/below.csv', '1');
    const linked = join(folder.path, 'linked');
    symlinkSync(join(first, 'here.csv'), join(linked, 'a-file'));
    symlinkSync(join(linked, 'absent'), join(linked, 'b-nothing'));
    symlinkSync(join(linked, 'c-itself'), join(linked, 'c-itself'));
    symlinkSync(second, join(linked, 'd-folder'));
    const dataFolders = [join(linked, 'a-file'), linked];
    expect(findDataFile('below.csv', { dataFolders })).toBe(join(linked, 'deep', 'below.csv'));
    expect(findDataFile('only.csv', { dataFolders })).toBe(join(linked, 'd-folder', 'only.csv'));
    expect(userError(() => findDataFile('absent.csv', { dataFolders })).code).toBe('file-missing');
    const below = join(linked, 'a-file', 'below.csv');
    expect(userError(() => findDataFile(below, { dataFolders })).code).toBe('file-missing');
  });
  it('passes over folders that may not be entered', () => {
    folder.write('shut/deep/below.csv', '1');
    folder.write('shut/lost+found/hidden.csv', '1');
    const shut = join(folder.path, 'shut');
    chmodSync(folder.path, 0o755);
    chmodSync(join(shut, 'lost+found'), 0o000);
    const dataFolders = [join(shut, 'lost+found'), shut];
    asOrdinaryUser(() => {
      expect(findDataFile('below.csv', { dataFolders })).toBe(join(shut, 'deep', 'below.csv'));
      expect(userError(() => findDataFile('hidden.csv', { dataFolders })).code).toBe('file-missing');
      const hidden = join(shut, 'lost+found', 'hidden.csv');
      expect(userError(() => findDataFile(hidden, { dataFolders })).code).toBe('file-missing');
    });
    chmodSync(join(shut, 'lost+found'), 0o755);
  });
});
