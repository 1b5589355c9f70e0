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

// mebibytes is an amount of memory, 0 if it is unknown.
type mebibytes int

func (m mebibytes) String() string {
	if m == 0 {
		return "-"
	}
	return strconv.Itoa(int(m))
}

// watchMemory samples the memory of a process and of the plugins that it started,
// until you call peaks, which returns the peak of the process and of the largest
// plugin. It needs a /proc as on Linux.
func watchMemory(pid int) (peaks func() (process, plugins mebibytes)) {
	const interval = 20 * time.Millisecond
	var process, plugins mebibytes
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for ticks := time.Tick(interval); ; {
			process = max(process, peakOf(pid, ""))
			for _, child := range childrenOf(pid) {
				plugins = max(plugins, peakOf(child, "terraform-provi"))
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

// peakOf reads the peak memory of a process so far. It is 0 if the process has
// ended or has another name: a child that is starting still has the name and the
// memory of its parent. Linux keeps 15 characters of a name.
func peakOf(pid int, name string) mebibytes {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if !strings.HasPrefix(string(status), "Name:\t"+name) {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	number, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	kibibytes, _ := strconv.Atoi(number)
	return mebibytes(kibibytes / 1024)
}

// childrenOf returns the processes that the threads of a process started.
func childrenOf(pid int) []int {
	var children []int
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, thread := range threads {
		content, _ := os.ReadFile(thread)
		for _, field := range strings.Fields(string(content)) {
			if child, err := strconv.Atoi(field); err == nil {
				children = append(children, child)
			}
		}
	}
	return children
}
