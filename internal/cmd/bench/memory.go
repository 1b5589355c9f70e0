// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// mebibytes is an amount of memory, 0 where it is not known.
type mebibytes int

func (m mebibytes) String() string {
	if m == 0 {
		return "-"
	}
	return strconv.Itoa(int(m))
}

// watch follows a process until its result is called, which then returns the
// peaks of its memory and of the largest of the plugins' that it started. It
// knows them where there is a /proc like that of Linux.
func watch(pid int) (peaks func() (process, plugins mebibytes)) {
	const interval = 20 * time.Millisecond
	var process, plugins mebibytes
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for ticks := time.Tick(interval); ; {
			process = max(process, peak(pid, ""))
			for _, child := range childrenOf(pid) {
				plugins = max(plugins, peak(child, "terraform-provi"))
			}
			select {
			case <-ticks:
			case <-stop:
				return
			}
		}
	}()
	return func() (mebibytes, mebibytes) {
		close(stop)
		<-stopped
		return process, plugins
	}
}

// peak reads the largest memory that a process has had so far, 0 when it has
// ended or has another name: a child that is just being started still has the
// name, and the memory, of its parent. Linux keeps 15 characters of a name.
func peak(pid int, name string) mebibytes {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if !strings.HasPrefix(string(status), "Name:\t"+name) {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	number, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	kibibytes, _ := strconv.Atoi(number)
	return mebibytes(kibibytes / 1024)
}

// childrenOf asks each thread of a process which processes it started.
func childrenOf(pid int) []int {
	var children []int
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, thread := range threads {
		text, _ := os.ReadFile(thread)
		for _, field := range strings.Fields(string(text)) {
			if child, err := strconv.Atoi(field); err == nil {
				children = append(children, child)
			}
		}
	}
	return children
}
