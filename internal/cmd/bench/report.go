// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// printReport prints the table and how to read it.
func printReport(w io.Writer, results []result) error {
	rows := []string{"\trequests\tseconds\tfloor\tratio\tCLI MiB\tplugin MiB\tfloor: CLI MiB\tplugin MiB\t\n"}
	for _, r := range results {
		waiting := time.Duration(r.replies) * replyDelay
		floor := r.floor.time + waiting
		rows = append(rows, fmt.Sprintf("%s\t%d\t%.1f\t%.1f + %.2f\t%.1f\t%v\t%v\t%v\t%v\t\n", r.name, r.requests, r.taken.time.Seconds(),
			r.floor.time.Seconds(), waiting.Seconds(), r.taken.time.Seconds()/floor.Seconds(),
			r.taken.cli, r.taken.plugin, r.floor.cli, r.floor.plugin))
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := io.WriteString(table, strings.Join(rows, "")); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, `
The floor is the time of the same command with a provider that does no work, plus the replies (%v each) that any provider must wait
for one after another. The ratio is seconds to floor. MiB is peak memory; if the CLI starts several provider processes, that of the
largest.
`, replyDelay)
	return err
}
