// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for file, source := range map[string]string{
		"names.go": "package names\n\nvar page, item, err, local int\n\ntype record struct{ page int }\n\nfunc (record) own() {}\n\nfunc list() {}\n",
		"hide.go": "package names\n\nfunc hide(page int) (err error) {\n\titem := 1\n\tfor list := range item {\n\t\t_ = func(record int) { _ = list }\n\t}\n" +
			"\tvar own, other = 1, record{page: 2}\n\t_, _ = own, other\n\treturn\n}\n",
		"names_test.go":   "package names_test\n\nfunc outside(page int) {}\n",
		"other/other.go":  "package other\n\nfunc elsewhere(list int) {}\n",
		"testdata/bad.go": "no Go at all",
	} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := search(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, shadow := range found {
		_, message, _ := strings.Cut(shadow, "hide.go:")
		_, message, _ = strings.Cut(message, ": ")
		names = append(names, strings.TrimSuffix(message, " hides a name of the package"))
	}
	slices.Sort(names)
	if want := []string{"err", "item", "list", "page", "record"}; !slices.Equal(names, want) {
		t.Errorf("shadows: got %q, want %q in %q", names, want, found)
	}
}
