// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Many at once, through two Logs as two processes have them: every change has
// its two lines, whole and in order.
func TestConcurrentChanges(t *testing.T) {
	t.Parallel()
	const people, changes = 25, 20
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	logs := []*Log{newLog(t, path), newLog(t, path)}
	var wg sync.WaitGroup
	for person := range people {
		wg.Go(func() {
			for n := range changes {
				c := oneInvite
				c.target.Email = fmt.Sprintf("%d-%d%s@example.com", person, n, strings.Repeat("x", 200*person))
				log := logs[person%2]
				end, err := begin(t.Context(), log, c)
				if err != nil {
					t.Error(err)
					return
				}
				end(c.outcome)
				if lacking := log.Unwritten(); lacking != nil {
					t.Error(lacking)
				}
			}
		})
	}
	wg.Wait()

	begun, ended, uids := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, e := range parse(t, logContent(t, logs[0])) {
		id := e.Metadata.CorrelationUID
		switch e.Status {
		case "Pending":
			begun[id] = e.User.Email
		case "Success":
			if begun[id] != e.User.Email {
				t.Errorf("the second line of %s is about %.20s, the first about %.20s", id, e.User.Email, begun[id])
			}
			ended[e.User.Email] = true
		default:
			t.Errorf("got status %s", e.Status)
		}
		uids[e.Metadata.UID] = true
	}
	if want := people * changes; len(begun) != want || len(ended) != want || len(uids) != 2*want {
		t.Errorf("got %d changes begun, %d ended, %d ids of lines, want %d, %[4]d and %d", len(begun), len(ended), len(uids), want, 2*want)
	}
}

func TestFileMode(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	record(t, log, oneInvite)
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

// TestEachLineIsOnDisk before the request is sent, and the second before the
// change is over. The name of a new file is in its directory by then.
func TestEachLineIsOnDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := newLog(t, filepath.Join(dir, "audit.jsonl"))
	var synced []string
	log.sync = func(file *os.File) error {
		synced = append(synced, fmt.Sprintf("%s with %d lines", filepath.Base(file.Name()), strings.Count(logContent(t, log), "\n")))
		return nil
	}
	expectSynced := func(want ...string) {
		t.Helper()
		if !slices.Equal(synced, want) {
			t.Errorf("got %q, want %q", synced, want)
		}
		synced = nil
	}
	end, err := begin(t.Context(), log, oneInvite)
	if err != nil {
		t.Fatal(err)
	}
	expectSynced("audit.jsonl with 1 lines", filepath.Base(dir)+" with 1 lines")
	end(oneInvite.outcome)
	expectSynced("audit.jsonl with 2 lines")

	wrong := errors.New("input/output error")
	log.sync = func(*os.File) error { return wrong }
	if end, err := begin(t.Context(), log, oneInvite); end != nil || !errors.Is(err, wrong) {
		t.Errorf("got %v, want the error of the disk", err)
	}
	end(oneInvite.outcome)
	if lacking := log.Unwritten(); len(lacking) != 1 || !errors.Is(lacking[0], wrong) {
		t.Errorf("got %v, want the error of the disk", lacking)
	}
}

// TestDirectoryThatCannotBeSynced is an error, unless the file system knows no
// such thing.
func TestDirectoryThatCannotBeSynced(t *testing.T) {
	t.Parallel()
	for wrong, refused := range map[error]bool{errors.New("input/output error"): true, errors.ErrUnsupported: false} {
		dir := t.TempDir()
		log := newLog(t, filepath.Join(dir, "audit.jsonl"))
		log.sync = func(file *os.File) error {
			if file.Name() == dir {
				return wrong
			}
			return nil
		}
		if _, err := begin(t.Context(), log, oneInvite); (err != nil) != refused || refused && !errors.Is(err, wrong) {
			t.Errorf("%v: got %v, want an error: %t", wrong, err, refused)
		}
	}
}

// TestCannotBeWritten: what New let pass may have changed by the time of the
// apply.
func TestCannotBeWritten(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"a directory":           func(path string) error { return os.Mkdir(path, 0o700) },
		"the directory is gone": func(path string) error { return os.Remove(filepath.Dir(path)) },
	} {
		path := filepath.Join(t.TempDir(), "logs", "audit.jsonl")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		log := newLog(t, path)
		if err := spoil(path); err != nil {
			t.Fatal(err)
		}
		end, err := begin(t.Context(), log, oneInvite)
		if _, ok := errors.AsType[*Error](err); !ok || end != nil || !strings.Contains(err.Error(), path) || !strings.HasPrefix(err.Error(), "audit log: ") {
			t.Errorf("%s: got %v, want an *Error that names the file", name, err)
		}
	}
}

// TestLineAfterPieceOfOne has a piece that was there before, and one that
// another program leaves later.
func TestLineAfterPieceOfOne(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	const piece = `{"time":17673`
	for range 2 {
		appendTo(t, log.path, piece)
		record(t, log, oneInvite)
	}
	lines := strings.Split(logContent(t, log), "\n")
	if len(lines) != 7 || lines[0] != piece || lines[3] != piece || lines[6] != "" {
		t.Fatalf("got %q, want each piece on a line of its own", lines)
	}
	parse(t, strings.Join([]string{lines[1], lines[2], lines[4], lines[5], ""}, "\n"))
}

// TestLineAfterLinesOfOthers has no empty line.
func TestLineAfterLinesOfOthers(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	appendTo(t, log.path, "{}\n")
	record(t, log, oneInvite)
	appendTo(t, log.path, "{}\n")
	record(t, log, oneInvite)
	if got := len(parse(t, logContent(t, log))); got != 6 {
		t.Errorf("got %d lines, want 6", got)
	}
}

// TestRotation: the file is moved or emptied between lines.
func TestRotation(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	record(t, log, oneInvite)
	if err := os.Rename(log.path, log.path+".1"); err != nil {
		t.Fatal(err)
	}
	record(t, log, oneInvite)
	if got := len(parse(t, logContent(t, log))); got != 2 {
		t.Errorf("after the file was moved: got %d lines, want 2", got)
	}
	if err := os.Truncate(log.path, 0); err != nil {
		t.Fatal(err)
	}
	record(t, log, oneInvite)
	if got := len(parse(t, logContent(t, log))); got != 2 {
		t.Errorf("after the file was emptied: got %d lines, want 2", got)
	}
}

func appendTo(tb testing.TB, path, more string) {
	tb.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	_, err = file.WriteString(more)
	if err := errors.Join(err, file.Close()); err != nil {
		tb.Fatal(err)
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
		log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
		c := oneInvite
		c.target = rest.Target{ID: id, Email: email, Role: &role, RoleBefore: &role}
		c.outcome = rest.Outcome{Result: rest.ResultFailure, Detail: detail}
		record(t, log, c)
		events := parse(t, logContent(t, log))
		if len(events) != 2 {
			t.Fatalf("got %d lines, want 2", len(events))
		}
		if got := events[1]; utf8.ValidString(id+email+role+detail) &&
			(got.User.UID != id || got.User.Name != cmp.Or(email, id) || *got.Unmapped.Role != role || *got.Unmapped.RoleBefore != role || got.StatusDetail != detail) {
			t.Errorf("got %q, %q, %q, want %q, %q, %q", got.User.UID, got.User.Name, got.StatusDetail, id, email, detail)
		}
	})
}

// parse reads every line and fails for one that is not JSON of an event.
func parse(tb testing.TB, lines string) []event {
	tb.Helper()
	var events []event
	for line := range strings.Lines(lines) {
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
