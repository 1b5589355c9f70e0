// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// Aliases knows the people who have several addresses. The zero value knows
// none.
type Aliases struct {
	// first holds the first address of a person by each further one, folded.
	first map[string]string
}

// NewAliases reads the first address of a person by each further one. Neither
// case nor surrounding space matter. The error is an *AliasError.
func NewAliases(given map[string]string) (Aliases, error) {
	a := Aliases{make(map[string]string, len(given))}
	spelt := make(map[string]string, len(given))
	for _, alias := range slices.Sorted(maps.Keys(given)) {
		further, first := casefold.Fold(alias), casefold.Fold(given[alias])
		same, twice := a.first[further]
		switch {
		case !isAddress(further):
			return Aliases{}, &AliasError{alias, "is not an e-mail address"}
		case !isAddress(first):
			return Aliases{}, &AliasError{alias, fmt.Sprintf("stands for %q, which is not an e-mail address", given[alias])}
		case twice && same != first:
			return Aliases{}, &AliasError{alias, fmt.Sprintf("stands for %q, but %q, the same address, for %q", first, spelt[further], same)}
		}
		a.first[further], spelt[further] = first, alias
	}
	for _, further := range slices.Sorted(maps.Keys(a.first)) {
		if _, chained := a.first[a.first[further]]; chained {
			return Aliases{}, &AliasError{spelt[further], a.chain(further)}
		}
	}
	return a, nil
}

// First returns the address, folded, by which the person who has the given one
// is known.
func (a Aliases) First(address string) string {
	address = casefold.Fold(address)
	if first, ok := a.first[address]; ok {
		return first
	}
	return address
}

// chain says what an alias stands for that stands for something else again.
func (a Aliases) chain(alias string) string {
	var said strings.Builder
	fmt.Fprintf(&said, "stands for %q", a.first[alias])
	seen := map[string]bool{alias: true}
	for at := a.first[alias]; !seen[at] && a.first[at] != ""; at = a.first[at] {
		seen[at] = true
		fmt.Fprintf(&said, ", which stands for %q", a.first[at])
	}
	return said.String()
}

// AliasError says what is wrong with an alias.
type AliasError struct {
	// Alias is the further address as it was given.
	Alias   string
	problem string
}

// Error names the alias and the addresses that it leads to.
func (e *AliasError) Error() string { return fmt.Sprintf("%q %s", e.Alias, e.problem) }

// isAddress tells an address from a login name, and from nothing.
func isAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return 0 < at && at < len(s)-1 && !strings.ContainsFunc(s, unicode.IsSpace)
}
