// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Vocabulary is the set of values that a filter can name. A closed one is a set
// of words, and any other is refused while Terraform validates. What is in an open
// one only the service knows, so that a value which is nowhere is a warning.
type Vocabulary struct {
	fold  func(string) string
	words []string
}

// Open returns a vocabulary of any values. Those that are equal after fold are
// the same, such as [casefold.Fold].
func Open(fold func(string) string) Vocabulary { return Vocabulary{fold: fold} }

// Closed returns a vocabulary of words.
func Closed[S ~string](words ...S) Vocabulary {
	v := Vocabulary{fold: Exactly, words: make([]string, len(words))}
	for i, word := range words {
		v.words[i] = string(word)
	}
	return v
}

// Exactly is the fold of values that are the same only letter by letter.
func Exactly(s string) string { return s }

func (v Vocabulary) closed() bool { return v.words != nil }

// validators are those of a list of values.
func (v Vocabulary) validators() []validator.List {
	if !v.closed() {
		return nil
	}
	return []validator.List{listvalidator.ValueStringsAre(stringvalidator.OneOf(v.words...))}
}

// validValues ends the description of an argument.
func (v Vocabulary) validValues() string {
	if !v.closed() {
		return ""
	}
	return " Valid values: `" + strings.Join(v.words, "`, `") + "`."
}

// absent returns a function that returns which of the wanted values are not
// among names, each once.
func (v Vocabulary) absent(wanted []string) func(names []string) []string {
	return func(names []string) []string {
		present := make(map[string]bool, len(wanted))
		for _, w := range wanted {
			present[v.fold(w)] = false
		}
		for _, name := range names {
			folded := v.fold(name)
			if _, ok := present[folded]; ok {
				present[folded] = true
			}
		}
		var absent []string
		for _, w := range wanted {
			if folded := v.fold(w); !present[folded] {
				absent, present[folded] = append(absent, w), true
			}
		}
		return absent
	}
}
