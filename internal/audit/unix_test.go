// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package audit

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNamedPipe shows that nothing waits for a reader, neither in a plan nor in
// an apply, and that nothing is written into a pipe.
func TestNamedPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	log := newLog(t, path)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := New(path, ""); err == nil || !strings.Contains(err.Error(), "must be a regular file") {
		t.Errorf("New: got %v, want it refused", err)
	}
	if _, err := begin(t.Context(), log, oneInvite); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want it refused", err)
	}
	reader, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reader.Close() })
	if _, err := begin(t.Context(), log, oneInvite); err == nil || !strings.Contains(err.Error(), "must be a regular file") {
		t.Errorf("with a reader: got %v, want it refused", err)
	}
}

// TestNamedPipeThatCannotBeRead is the one whose opening would wait.
func TestNamedPipeThatCannotBeRead(t *testing.T) {
	if !asNobody(t) {
		return
	}
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	if err := syscall.Mkfifo(log.path, 0o200); err != nil {
		t.Skip(err)
	}
	ended := make(chan error)
	go func() {
		_, err := begin(t.Context(), log, oneInvite)
		ended <- err
	}()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("got no error")
		}
	case <-time.After(5 * time.Second):
		t.Error("the opening waits for a reader")
	}
}

// asNobody runs a test again without the rights of root, to whom permissions
// say nothing. It returns false in the outer run.
func asNobody(t *testing.T) bool {
	t.Helper()
	if os.Getuid() != 0 {
		return true
	}
	// A copy where anybody may run it.
	program := filepath.Join(t.TempDir(), "audit.test")
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	for dir := filepath.Dir(program); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	again := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$", "-test.v")
	again.Dir = os.TempDir()
	again.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	output, err := again.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS: "+t.Name()) {
		t.Errorf("%v: %s", err, output)
	}
	return false
}

// TestPermissions: a file that may only be written to is a log, one that may
// not be written to is none. Of what cannot be read back, a piece of a line is
// assumed where another program wrote.
func TestPermissions(t *testing.T) {
	if !asNobody(t) {
		return
	}
	dir := t.TempDir()
	for mode, want := range map[os.FileMode]bool{0o222: true, 0o200: true, 0o600: true, 0o400: false, 0: false} {
		path := filepath.Join(dir, mode.String())
		appendTo(t, path, `{"time":17673`)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		log, err := New(path, "")
		if (err == nil) != want || err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want a log: %t", mode, err, want)
		}
		if err != nil {
			continue
		}
		record(t, log, oneInvite)
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		_, lines, _ := strings.Cut(logContent(t, log), "\n")
		if got := len(parse(t, lines)); got != 2 {
			t.Errorf("%s: got %d lines after the piece, want 2", mode, got)
		}
	}
}

// TestDirectoryThatCannotBeRead cannot be synced either, which is no reason to
// refuse.
func TestDirectoryThatCannotBeRead(t *testing.T) {
	if !asNobody(t) {
		return
	}
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o300); err != nil {
		t.Fatal(err)
	}
	record(t, newLog(t, filepath.Join(dir, "audit.jsonl")), oneInvite)
	if err := os.Chmod(dir, 0o700); err != nil { // or it cannot be removed
		t.Fatal(err)
	}
}

// TestLock shows that a line waits for the line of another process, and that
// what keeps a lock does not hang an apply.
func TestLock(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	appendTo(t, log.path, `{"time":1`)
	other, err := os.OpenFile(log.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	if err := lockFile(other, 0); err != nil {
		t.Fatal(err)
	}
	third, err := os.Open(log.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = third.Close() })
	if err := lockFile(third, 10*time.Millisecond); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("got %v, want an error after the time for it", err)
	}
	written := make(chan error)
	go func() {
		_, err := begin(t.Context(), log, oneInvite)
		written <- err
	}()
	select {
	case err := <-written:
		t.Errorf("the line was written without the lock: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	// The other ends its line and lets go.
	if _, err := other.WriteString("}\n"); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
	if got := len(parse(t, logContent(t, log))); got != 2 {
		t.Errorf("got %d lines, want 2", got)
	}
}
