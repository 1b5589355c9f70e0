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

// Aliases has the email addresses of people who have several. The zero value has
// none.
type Aliases struct {
	// first has the first address of a person by each further one, folded.
	first map[string]string
}

// NewAliases takes the first address of a person by each further one. Case and
// surrounding space do not matter. The error is an *AliasError.
func NewAliases(given map[string]string) (Aliases, error) {
	a := Aliases{first: make(map[string]string, len(given))}
	spelled := make(map[string]string, len(given))
	for _, alias := range slices.Sorted(maps.Keys(given)) {
		further, first := casefold.Fold(alias), casefold.Fold(given[alias])
		same, twice := a.first[further]
		switch {
		case !isAddress(further):
			return Aliases{}, &AliasError{Alias: alias, problem: "is not an email address"}
		case !isAddress(first):
			return Aliases{}, &AliasError{Alias: alias, problem: fmt.Sprintf("is an alias of %q, which is not an email address", given[alias])}
		case twice && same != first:
			return Aliases{}, &AliasError{Alias: alias, problem: fmt.Sprintf("is an alias of %q, but %q, the same address, is an alias of %q", first, spelled[further], same)}
		}
		a.first[further], spelled[further] = first, alias
	}
	for _, further := range slices.Sorted(maps.Keys(a.first)) {
		if _, chained := a.first[a.first[further]]; chained {
			return Aliases{}, &AliasError{Alias: spelled[further], problem: a.chain(further)}
		}
	}
	return a, nil
}

// First returns the address, folded, by which the person with the given one is
// known.
func (a Aliases) First(address string) string {
	address = casefold.Fold(address)
	if first, ok := a.first[address]; ok {
		return first
	}
	return address
}

// chain describes an alias of an address that is an alias itself.
func (a Aliases) chain(alias string) string {
	var chain strings.Builder
	fmt.Fprintf(&chain, "is an alias of %q", a.first[alias])
	seen := map[string]bool{alias: true}
	for at := a.first[alias]; !seen[at] && a.first[at] != ""; at = a.first[at] {
		seen[at] = true
		fmt.Fprintf(&chain, ", which is an alias of %q", a.first[at])
	}
	return chain.String()
}

// AliasError says what is wrong with an alias.
type AliasError struct {
	// Alias is the further address as it was given.
	Alias   string
	problem string
}

// Error names the alias and the addresses that it leads to.
func (e *AliasError) Error() string { return fmt.Sprintf("%q %s", e.Alias, e.problem) }

// isAddress reports whether a text is an email address rather than a login name.
func isAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return 0 < at && at < len(s)-1 && !strings.ContainsFunc(s, unicode.IsSpace)
}
