// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package audit writes the audit log: one JSON line before each request that
// changes a user's access, and one after it with the outcome. The lines are
// events of the class Account Change of the Open Cybersecurity Schema Framework
// (OCSF).
package audit

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// Log appends to one file. It is safe for concurrent use, and several processes
// may write to the same file: each line is a single write to its end. A nil Log
// writes nothing and allows every change.
type Log struct {
	path    string
	version string
	now     func() time.Time
	newID   func() string

	mu sync.Mutex
	// whole says that the last write of this Log was carried out, so that the
	// file can be taken to end with a line.
	whole bool
}

// New returns the log in the file at path, which the first line creates,
// readable by its owner alone; its directory has to exist. The version is that
// of the provider, "" when it has none. New touches no file.
func New(path, version string) *Log {
	return &Log{path: path, version: version, now: time.Now, newID: rand.Text}
}

// Begin writes the line before a request and returns once it is on disk. After
// an error, which names the file and the reason, the request must not be sent.
func (l *Log) Begin(change Change) (*Entry, error) {
	if l == nil {
		return nil, nil
	}
	if change.Target.ID == "" && change.Target.Email == "" {
		return nil, errors.New("audit log: the change names neither an id nor an email address")
	}
	entry := &Entry{log: l, id: l.newID(), event: change.event()}
	entry.event.Metadata.Product.Version = l.version
	if err := entry.write(1, pending); err != nil {
		return nil, err
	}
	return entry, nil
}

// append writes one line to the end of the file and syncs it. The file is
// opened for each line, so that it can be rotated at any time.
func (l *Log) append(e event) error {
	l.mu.Lock()
	defer l.mu.Unlock()

	e.Time = l.now().UnixMilli()
	var line bytes.Buffer
	encoder := json.NewEncoder(&line) // which ends what it writes with a newline
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	file, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	if err := errors.Join(l.appendTo(file, line.Bytes()), file.Close()); err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	return nil
}

func (l *Log) appendTo(file *os.File, line []byte) error {
	if !l.whole {
		torn, err := endsMidLine(file)
		if err != nil {
			return err
		}
		if torn {
			line = append([]byte{'\n'}, line...)
		}
	}
	_, err := file.Write(line)
	l.whole = err == nil
	if err != nil {
		return err
	}
	return file.Sync()
}

// endsMidLine finds the piece of a line that a full file system or a power cut
// leaves behind. A line written right after it would be lost to readers too. It
// can also meet the line that another process is writing, which costs an empty
// line: hence it is asked only where a piece is to be feared.
func endsMidLine(file *os.File) (bool, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	last := make([]byte, 1)
	if _, err := file.ReadAt(last, info.Size()-1); err != nil {
		return false, err
	}
	return last[0] != '\n', nil
}
