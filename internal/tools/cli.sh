#!/bin/sh
# Prints the absolute path of the CLI that the make targets use: $TF if it is set, else terraform, else tofu from PATH,
# else one that make installs into .bin. Run it at the top of the tree.
set -eu

if [ -n "${TF:-}" ]; then
	cli=$(command -v "$TF") || {
		echo "TF=$TF: no such command" >&2
		exit 1
	}
elif ! cli=$(command -v terraform || command -v tofu); then
	make -s .bin/cli >&2
	cli=.bin/cli
fi

case $cli in
/*) echo "$cli" ;;
*) echo "$PWD/$cli" ;;
esac
