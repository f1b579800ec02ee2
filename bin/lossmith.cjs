#!/usr/bin/env node
// Plain old JavaScript: it must run on the Node that is too old, and say so.
'use strict';

var problem = require('../scripts/node-version.cjs').nodeProblem(process.versions.node);
if (problem !== undefined) {
  console.error(problem);
  process.exit(2);
}
var path = require('path');
var entry = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
if (!require('fs').existsSync(entry)) {
  console.error(
    'lossmith: not built yet; run `npm start` or `npm run build` in ' + path.join(__dirname, '..'),
  );
  process.exit(2);
}
import(require('url').pathToFileURL(entry).href);
