// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package fuzzing is what the fuzz tests of decoders share.
package fuzzing

import (
	"os"
	"path/filepath"
	"runtime/metrics"
	"testing"
)

// Replies returns the contents of the files in testdata, to be seeds.
func Replies(f *testing.F) [][]byte {
	f.Helper()
	names, _ := filepath.Glob("testdata/*.*")
	var replies [][]byte
	for _, name := range names {
		reply, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		replies = append(replies, reply)
	}
	if replies == nil {
		f.Fatal("there are no replies in testdata")
	}
	return replies
}

// What reading a reply may allocate: much for a small one, and then a row of the
// largest type for every two bytes, with what it costs to let a slice grow.
const (
	maxAllocated        = 4 << 20
	maxAllocatedPerByte = 8 << 10
)

// Bounded reads a reply of a size. It fails if that allocates more memory than
// any reply of the size needs.
func Bounded(t *testing.T, size int, read func()) {
	t.Helper()
	before := allocated()
	read()
	if got, most := allocated()-before, float64(maxAllocated+maxAllocatedPerByte*size); got > most {
		t.Errorf("a reply of %d bytes allocated %.0f bytes, want at most %.0f", size, got, most)
	}
}

// allocated returns how many bytes the process has allocated so far. Fuzz tests
// run alone.
func allocated() float64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return float64(sample[0].Value.Uint64())
}
