#!/usr/bin/env bash
# Makes the `tensorflow` backend run where @tensorflow/tfjs-node could not download its binaries: takes the TensorFlow
# library out of its Python package, compiles the addon of tfjs-node against it, and puts both into node_modules.
# Needs the npm registry, a Python package index, and pip, gcc, g++, nm, unzip, on Linux x64. For checks and developers; users
# install @tensorflow/tfjs-node itself. docs/decisions/0007-tensorflow-backend.md says why and how.
#
#   scripts/build-tfjs-node.sh [CHECKOUT]    a checkout after `npm ci`; this one by default
#
# Exit status: 0 done; 69 impossible here, with one line that says what is missing; anything else is a fault.
set -euo pipefail

TFJS_NODE=4.22.0
# The release that tfjs-node 4.22 itself downloads. The hash is that of the wheel for CPython 3.9, of which only the
# library and the C headers are used: no Python runs it.
TENSORFLOW=2.9.1
WHEEL_SHA256=6d12fa2baca92e507e0547567199c49659cb4a7fdbabcb6870c2c9e7382ac2bf
NODE_API_HEADERS=1.9.0
# Node-API version of the folder in which tfjs-node looks for its addon.
NAPI=8

log="$(mktemp)"
draft=''
trap 'rm -rf "$log" "$draft"' EXIT

unavailable() { echo "tensorflow backend: $1" >&2; exit 69; }
fail() { echo "tensorflow backend: $1" >&2; tail -n 20 "$log" >&2; exit 1; }

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || unavailable "built on Linux x64 only, this is $(uname -s) $(uname -m)"
for tool in node npm python3 gcc g++ nm unzip sha256sum; do
  command -v "$tool" >"$log" || unavailable "$tool is not installed"
done
python3 -m pip --version >"$log" 2>&1 || unavailable 'pip is not installed'

here="$(cd "$(dirname "$0")" && pwd)"
checkout="$(cd "${1:-$here/..}" && pwd)"
[ -d "$checkout/node_modules" ] || unavailable 'node_modules is missing: run `npm ci` first'
package="$checkout/node_modules/@tensorflow/tfjs-node"

# Does the backend compute, with the library that is expected?
works() {
  (cd "$checkout" && TF_CPP_MIN_LOG_LEVEL=2 node -e '
    const util = require("node:util");
    util.isArray ??= Array.isArray;
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    const tf = require("@tensorflow/tfjs-node");
    const product = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
    const library = tf.backend().binding.TF_Version;
    if (product !== 11 || library !== process.argv[1]) throw new Error(`1·3 + 2·4 = ${product} on TensorFlow ${library}`);
  ' "$TENSORFLOW") >"$log" 2>&1
}
done_line="tensorflow backend: @tensorflow/tfjs-node $TFJS_NODE with TensorFlow $TENSORFLOW is in node_modules"
if works; then
  echo "$done_line"
  exit 0
fi

# A cache for every version of this script, so that a change here never meets what an older one left.
cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/lossmith/tfjs-node-$TFJS_NODE-$(sha256sum "$here/$(basename "$0")" | cut -c 1-12)"

if [ ! -f "$package/binding.gyp" ]; then
  # npm drops an optional package whose install script failed; without scripts it stays, at the version of the lock.
  # Where the registry is not reached npm leaves it out, too, and reports success.
  (cd "$checkout" && npm install --no-save --ignore-scripts --no-fund --no-audit --loglevel=error --fetch-retries=1) \
    >"$log" 2>&1 || unavailable 'npm could not install @tensorflow/tfjs-node'
  [ -f "$package/binding.gyp" ] || unavailable 'npm could not get @tensorflow/tfjs-node'
fi
found="$(node -p 'require(process.argv[1]).version' "$package/package.json")"
[ "$found" = "$TFJS_NODE" ] || fail "@tensorflow/tfjs-node is $found, and this script is made for $TFJS_NODE"

if [ ! -d "$cache" ]; then
  { mkdir -p "$(dirname "$cache")" && draft="$(mktemp -d "$cache.XXXXXX")"; } 2>"$log" ||
    unavailable "the cache folder $(dirname "$cache") cannot be written"
  cd "$draft"
  mkdir lib

  echo "tensorflow-cpu==$TENSORFLOW --hash=sha256:$WHEEL_SHA256" >requirements.txt
  python3 -m pip download --quiet --disable-pip-version-check --retries 1 --timeout 20 --no-deps --require-hashes \
    --only-binary=:all: --implementation cp --python-version 3.9 --abi cp39 \
    --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 --dest wheel -r requirements.txt >"$log" 2>&1 || {
    grep -q 'DO NOT MATCH THE HASHES' "$log" && fail 'the TensorFlow wheel has another hash than expected'
    unavailable "the Python package index gave no tensorflow-cpu $TENSORFLOW"
  }
  npm install --prefix headers --ignore-scripts --no-fund --no-audit --loglevel=error \
    "node-api-headers@$NODE_API_HEADERS" >"$log" 2>&1 || unavailable 'npm could not install node-api-headers'

  unzip -q wheel/*.whl 'tensorflow/include/tensorflow/c/*' 'tensorflow/include/tensorflow/core/platform/ctstring*' \
    'tensorflow/libtensorflow_framework.so.2' 'tensorflow/python/_pywrap_tensorflow_internal.so' >"$log" 2>&1 ||
    fail 'the TensorFlow wheel could not be unpacked'
  mv tensorflow/libtensorflow_framework.so.2 tensorflow/python/_pywrap_tensorflow_internal.so lib/

  # In this release the C interface lives in the library of the Python module, which wants the symbols of a Python
  # interpreter. Nothing behind the C interface uses them: they only have to exist. Data is zeros, functions abort.
  nm -D --undefined-only lib/_pywrap_tensorflow_internal.so | awk '
    BEGIN { print "#include <stdlib.h>" }
    $2 ~ /^PyExc_|_Type$|Struct$/ && $2 ~ /^_?Py/ { print "char " $2 "[4096] __attribute__((aligned(16)));"; next }
    $2 ~ /^_?Py/ { print "void " $2 "(void) { abort(); }" }
  ' >no-python.c
  gcc -w -shared -fPIC no-python.c -o lib/libno-python.so -Wl,-soname,libno-python.so >"$log" 2>&1 ||
    fail 'the stand-ins for the symbols of Python do not compile'
  g++ -w -O2 -std=c++17 -fPIC -shared -DNAPI_VERSION=$NAPI \
    -I headers/node_modules/node-api-headers/include -I tensorflow/include -I "$package" \
    "$package"/binding/tfjs_backend.cc "$package"/binding/tfjs_binding.cc -o tfjs_binding.node \
    -L lib -l:_pywrap_tensorflow_internal.so -l:libtensorflow_framework.so.2 \
    -Wl,--no-as-needed -l:libno-python.so -Wl,--as-needed \
    -Wl,-rpath,'$ORIGIN/../../deps/lib' >"$log" 2>&1 || fail 'the addon of tfjs-node does not compile'

  rm -rf wheel headers tensorflow
  cd "$checkout"
  # Whoever is first wins; what another run made meanwhile is the same.
  mv -T "$draft" "$cache" 2>"$log" || [ -d "$cache" ] || fail 'the cache folder cannot be written'
fi

mkdir -p "$package/lib/napi-v$NAPI" "$package/deps"
rm -rf "$package/deps/lib"
ln -s "$cache/lib" "$package/deps/lib"
cp "$cache/tfjs_binding.node" "$package/lib/napi-v$NAPI/tfjs_binding.node"

works || fail 'the addon is built and does not work'
echo "$done_line"
