// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unicode/utf8"
)

var invite = Change{
	Activity: Create, Actor: owner, Target: Target{Email: "jane@example.com"},
	Service: "Fivetran", Method: "POST", URL: "https://api.fivetran.com/v1/users",
}

func TestNilLog(t *testing.T) {
	t.Parallel()
	var log *Log
	entry, err := log.Begin(invite)
	if err != nil {
		t.Errorf("Begin: got error %v, want none", err)
	}
	if err := entry.End(Outcome{Status: Success}); err != nil {
		t.Errorf("End: got error %v, want none", err)
	}
}

// Many at once, through two Logs as two processes have them: every change has
// its two lines, whole and in order.
func TestConcurrentChanges(t *testing.T) {
	t.Parallel()
	const people, changes = 50, 20
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	logs := []*Log{New(path, ""), New(path, "")}
	for _, log := range logs {
		record(t, log, invite, Outcome{Status: Success})
	}
	var wg sync.WaitGroup
	for person := range people {
		wg.Go(func() {
			for n := range changes {
				change := invite
				change.Target.Email = fmt.Sprintf("%d-%d%s@example.com", person, n, strings.Repeat("x", 100*person))
				entry, err := logs[person%2].Begin(change)
				if err != nil {
					t.Error(err)
					return
				}
				if err := entry.End(Outcome{Status: Success}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()

	begun, ended, uids := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, e := range parse(t, content(t, logs[0])) {
		id := e.Metadata.CorrelationUID
		switch e.StatusID {
		case pending:
			begun[id] = e.User.Email
		case Success:
			if begun[id] != e.User.Email {
				t.Errorf("the second line of %s is about %.20s, the first about %.20s", id, e.User.Email, begun[id])
			}
			ended[e.User.Email] = true
		default:
			t.Errorf("got status %s", e.Status)
		}
		uids[e.Metadata.UID] = true
	}
	const want = people*changes + 2 // and the first of each log, for one address
	if len(begun) != want || len(ended) != want-1 || len(uids) != 2*want {
		t.Errorf("got %d changes begun, %d people, %d ids of lines, want %d, %d, %d",
			len(begun), len(ended), len(uids), want, want-1, 2*want)
	}
}

func TestFileMode(t *testing.T) {
	t.Parallel()
	log := New(filepath.Join(t.TempDir(), "audit.jsonl"), "")
	record(t, log, invite, Outcome{Status: Success})
	info, err := os.Stat(log.path)
	if err != nil {
		t.Fatal(err)
	}
	want := fs.FileMode(0o600)
	if runtime.GOOS == "windows" {
		want = 0o666 // Windows knows only read-only files
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("got mode %o, want %o", got, want)
	}
}

func TestNewTouchesNoFile(t *testing.T) {
	t.Parallel()
	log := New(filepath.Join(t.TempDir(), "audit.jsonl"), "")
	if _, err := os.Stat(log.path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want no file", err)
	}
	if _, err := log.Begin(Change{Activity: Create}); err == nil {
		t.Error("got no error for a change that names no user")
	}
	if _, err := os.Stat(log.path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after a change that names no user: got %v, want no file", err)
	}
}

func TestCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	paths := map[string]error{
		filepath.Join(dir, "missing", "audit.jsonl"): fs.ErrNotExist,
		dir: nil, // the reason differs between systems
		filepath.Join(dir, "file", "audit.jsonl"): nil,
	}
	if runtime.GOOS == "linux" {
		paths["/dev/full"] = syscall.ENOSPC
	}
	for path, want := range paths {
		entry, err := New(path, "").Begin(invite)
		if entry != nil {
			t.Errorf("%s: got an entry beside the error", path)
		}
		reason, ok := errors.AsType[*fs.PathError](err)
		if !ok || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: got error %v, want one of the file system, %v", path, err, want)
			continue
		}
		if text := err.Error(); !strings.Contains(text, path) || !strings.HasSuffix(text, reason.Err.Error()) {
			t.Errorf("%s: got error %q, want it to name the path and end in %q", path, text, reason.Err)
		}
	}
}

// The disk fills up, or the directory goes, while the request is under way.
func TestEndCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	entry, err := New(filepath.Join(dir, "audit.jsonl"), "").Begin(invite)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := entry.End(Outcome{Status: Success}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got error %v, want %v", err, fs.ErrNotExist)
	}
}

func TestLineAfterPieceOfOne(t *testing.T) {
	t.Parallel()
	log := New(filepath.Join(t.TempDir(), "audit.jsonl"), "")
	const piece = `{"time":17673`
	if err := os.WriteFile(log.path, []byte(piece), 0o600); err != nil {
		t.Fatal(err)
	}
	record(t, log, invite, Outcome{Status: Success})
	rest, found := strings.CutPrefix(content(t, log), piece+"\n")
	if !found {
		t.Errorf("got %s, want the piece on a line of its own", content(t, log))
	}
	if got := len(parse(t, rest)); got != 2 {
		t.Errorf("got %d lines after the piece, want 2", got)
	}
}

func FuzzOneLineEach(f *testing.F) {
	f.Add("wolf_lamp", "jane@example.com", "Account Reviewer", "EOF")
	f.Add("", "a\nb\r\n@\u2028\u2029\x00", `"},{"`, "<html>\n</html>")
	f.Add("\xff\xfe", "", "\\", "\x1b[31m")
	f.Fuzz(func(t *testing.T, id, email, role, detail string) {
		if id == "" && email == "" {
			return
		}
		log := New(filepath.Join(t.TempDir(), "audit.jsonl"), "")
		change := invite
		change.Target = Target{ID: id, Email: email, Role: role}
		record(t, log, change, Outcome{Status: Failure, Detail: detail})
		events := parse(t, content(t, log))
		if len(events) != 2 {
			t.Fatalf("got %d lines, want 2", len(events))
		}
		if got := events[1]; utf8.ValidString(id+email+detail) &&
			(got.User.UID != id || got.User.Email != email || got.StatusDetail != detail) {
			t.Errorf("got %q, %q, %q, want %q, %q, %q", got.User.UID, got.User.Email, got.StatusDetail, id, email, detail)
		}
	})
}

// parse reads every line and fails for one that is not JSON of an event.
func parse(tb testing.TB, text string) []event {
	tb.Helper()
	var events []event
	for line := range strings.Lines(text) {
		var e event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			tb.Fatalf("%v in %q", err, line)
		}
		if !strings.HasSuffix(line, "}\n") || strings.ContainsAny(line[:len(line)-1], "\r\u2028\u2029") {
			tb.Fatalf("%q is not one line", line)
		}
		events = append(events, e)
	}
	return events
}
