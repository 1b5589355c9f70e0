// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkPath finds what no line could ever be written to.
func checkPath(path string) error {
	if strings.TrimSpace(path) == "" {
		return errors.New("the path is blank")
	}
	if path == "~" || strings.HasPrefix(path, "~/") {
		return fmt.Errorf("%q starts with \"~\", which only a shell expands: write the whole path, or use pathexpand(%[1]q)", path)
	}
	info, err := os.Stat(path)
	switch {
	case err == nil:
		if err := requireRegular(path, info); err != nil {
			return err
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|openAtOnce, 0)
		if err != nil {
			return err
		}
		return file.Close()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	directory := filepath.Dir(path)
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is in the directory %s, which does not exist: create it first", path, directory)
	}
	return nil
}

// requireRegular refuses a directory, and what would take a line without keeping it,
// or never take it: a device, or a named pipe that nothing reads.
func requireRegular(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s must be a regular file", path)
	}
	return nil
}
