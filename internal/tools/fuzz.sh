#!/bin/sh
# Runs each fuzz test for the time $1, and ends at the first that fails. For "make fuzz".
set -eu

go test -list '^Fuzz' ./internal/... | while read -r first package _; do
	case $first in
	Fuzz*) names="${names-} $first" ;;
	ok)
		for name in ${names-}; do
			go test -run '^$' -fuzz "^$name\$" -fuzztime "$1" "$package" </dev/null
		done
		names=
		;;
	FAIL) exit 1 ;;
	esac
done
