// Plain old JavaScript: it must run on the Node that is too old.
'use strict';

var LOWEST = [20, 19];
var BELOW = 23;

/** One line when this Node cannot run Lossmith, else undefined. */
function nodeProblem(version) {
  var parts = version.split('.').map(Number);
  var old = parts[0] < LOWEST[0] || (parts[0] === LOWEST[0] && parts[1] < LOWEST[1]);
  if (!old && parts[0] < BELOW) return undefined;
  return (
    'lossmith: Node ' +
    version +
    ' is too ' +
    (old ? 'old' : 'new') +
    '; expected ' +
    LOWEST.join('.') +
    ' or later, below ' +
    BELOW
  );
}

module.exports = { nodeProblem: nodeProblem };
