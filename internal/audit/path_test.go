// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	appendTo(t, filepath.Join(dir, "file"), "{}\n")
	for path, want := range map[string]string{
		"":                                "is blank",
		" \t ":                            "is blank",
		"~":                               "only a shell expands",
		"~/audit.jsonl":                   "only a shell expands",
		dir:                               dir + " must be a regular file",
		os.DevNull:                        os.DevNull + " must be a regular file",
		filepath.Join(dir, "none", "a"):   "is in the directory " + filepath.Join(dir, "none") + ", which does not exist",
		filepath.Join(dir, "file", "a"):   filepath.Join(dir, "file"),
		filepath.Join(dir, "file"):        "",
		filepath.Join(dir, "new"):         "",
		filepath.Join(dir, "~"):           "",
		filepath.Join(dir, "with space "): "",
	} {
		log, err := New(path, "")
		if want == "" {
			if err != nil || log == nil {
				t.Errorf("%q: got %v, want a log", path, err)
			}
			continue
		}
		if log != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", path, err, want)
		}
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 {
		t.Errorf("got %v and error %v, want that New creates nothing", names, err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "file")); err != nil || string(content) != "{}\n" {
		t.Errorf("got %q and error %v, want that New changes nothing", content, err)
	}
}
