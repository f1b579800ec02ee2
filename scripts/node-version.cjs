// Plain old JavaScript: it must run on the Node that is too old.
'use strict';

var LOWEST = [20, 19];

/** One line when this Node cannot run Lossmith, else undefined. */
function nodeProblem(version) {
  var parts = version.split('.').map(Number);
  var old = parts[0] < LOWEST[0] || (parts[0] === LOWEST[0] && parts[1] < LOWEST[1]);
  if (!old) return undefined;
  return 'lossmith: Node ' + version + ' is too old; expected ' + LOWEST.join('.') + ' or later';
}

module.exports = { nodeProblem: nodeProblem };
