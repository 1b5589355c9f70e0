// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package audit writes the audit log: one JSON line before each request that
// changes a user's access, and one after it with the outcome. The lines are
// events of the class Account Change of the Open Cybersecurity Schema Framework
// (OCSF).
package audit

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Log appends to one file. It is safe for concurrent use, also by several
// processes on one file. A nil Log writes nothing and allows every change.
type Log struct {
	path    string
	version string
	runID   string
	now     func() time.Time
	newID   func() string
	// sync brings a file or a directory to disk.
	sync func(*os.File) error

	mu sync.Mutex
	// end is the size of the file after the last line that this Log wrote.
	end       int64
	unwritten []error
}

// New returns the log in the file at path, which the first line creates,
// readable by its owner alone. The version is that of the provider, "" when it
// has none. New creates and changes nothing; its error says why the path
// cannot be an audit log.
//
// The lines name the run that they are of where HCP Terraform
// (https://developer.hashicorp.com/terraform/cloud-docs/run/run-environment) or
// GitHub Actions
// (https://docs.github.com/en/actions/reference/workflows-and-actions/variables)
// sets an environment variable with its id.
func New(path, version string) (*Log, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	runID := cmp.Or(os.Getenv("TFC_RUN_ID"), os.Getenv("GITHUB_RUN_ID"))
	return &Log{path: path, version: version, runID: runID, now: time.Now, newID: rand.Text, sync: (*os.File).Sync}, nil
}

// Error is why the audit log cannot be written. It names the file.
type Error struct{ Err error }

func (e *Error) Error() string { return "audit log: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Unwritten returns, once, what the log lacks: the outcomes of changes that
// were made, but whose second line could not be written.
func (l *Log) Unwritten() []error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lacking := l.unwritten
	l.unwritten = nil
	return lacking
}

func (l *Log) missing(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unwritten = append(l.unwritten, err)
}

// append writes one line to the end of the file and brings it to disk. The
// file is opened for each line, so that it can be rotated at any time.
func (l *Log) append(e event) error {
	l.mu.Lock()
	defer l.mu.Unlock()

	e.Time = l.now().UnixMilli()
	var line bytes.Buffer
	encoder := json.NewEncoder(&line) // which ends what it writes with a newline
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		return &Error{err}
	}
	file, created, err := openForAppending(l.path)
	if err != nil {
		return &Error{err}
	}
	err = l.appendTo(file, line.Bytes())
	if created && err == nil {
		err = l.syncDirectory()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return &Error{err}
	}
	return nil
}

// openForAppending opens the file, to read as well if that is allowed: a file
// that may only be written to is a fine audit log.
func openForAppending(path string) (file *os.File, created bool, err error) {
	const appending = os.O_APPEND | openAtOnce
	file, err = os.OpenFile(path, os.O_RDWR|appending, 0)
	if errors.Is(err, fs.ErrPermission) {
		file, err = os.OpenFile(path, os.O_WRONLY|appending, 0)
	}
	if errors.Is(err, fs.ErrNotExist) {
		created = true
		file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|appending, 0o600)
	}
	if err != nil {
		return nil, false, err
	}
	info, err := file.Stat()
	if err == nil {
		err = requireRegular(path, info)
	}
	if err != nil {
		return nil, false, errors.Join(err, file.Close())
	}
	return file, created, nil
}

// lockTimeout is far longer than one line takes: a lock that is kept for longer
// is not that of a provider.
const lockTimeout = 10 * time.Second

// appendTo writes a line, alone among all processes that write to the file.
func (l *Log) appendTo(file *os.File, line []byte) error {
	if err := lockFile(file, lockTimeout); err != nil {
		return &fs.PathError{Op: "lock", Path: l.path, Err: err}
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	if l.endsMidLine(file, size) {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := file.Write(line); err != nil {
		return err
	}
	l.end = size + int64(len(line))
	return l.sync(file)
}

// endsMidLine finds the piece of a line that a full file system, a power cut
// or another program leaves behind. A line written right after it would be
// lost to readers too. Where the file cannot be read, a piece is assumed unless
// the file is as this Log left it: that costs an empty line.
func (l *Log) endsMidLine(file *os.File, size int64) bool {
	if size == 0 || size == l.end {
		return false
	}
	last := make([]byte, 1)
	_, err := file.ReadAt(last, size-1)
	return err != nil || last[0] != '\n'
}

// syncDirectory brings the name of a new file to disk. Where a directory cannot
// be opened, as on Windows, that is left to the file system.
func (l *Log) syncDirectory() error {
	directory, err := os.Open(filepath.Dir(l.path))
	if err != nil {
		return nil //nolint:nilerr // The line itself is on disk.
	}
	err = l.sync(directory)
	if errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, directory.Close())
}
