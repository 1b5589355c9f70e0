// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// faultFlags adds flags for one thing that goes wrong. The result is nil after
// parsing if none of them says what.
func faultFlags(flags *flag.FlagSet) func() *sandbox.Fault {
	fault := sandbox.Fault{Header: map[string]string{}}
	flags.StringVar(&fault.Method, "method", "", "`method` of the requests that fail; all if left out")
	flags.StringVar(&fault.PathPrefix, "path", "", "how the `path` of the requests that fail begins, such as /v1/users; all if left out")
	flags.IntVar(&fault.Times, "times", 0, "`number` of requests that fail; 0 is all")
	flags.IntVar(&fault.Skip, "skip", 0, "`number` of such requests that succeed first")
	flags.IntVar(&fault.Status, "status", 0, "answer with this `status` instead of the service, such as 429")
	flags.StringVar(&fault.Body, "body", "", "`text` that goes with -status; the service's own error if left out")
	flags.Func("header", "`field` of the answer, such as \"Retry-After: 2\"; may be repeated", func(field string) error {
		name, value, ok := strings.Cut(field, ":")
		if !ok {
			return fmt.Errorf("%q has no colon", field)
		}
		fault.Header[name] = strings.TrimSpace(value)
		return nil
	})
	flags.BoolVar(&fault.Cut, "cut", false, "close the connection instead of an answer")
	flags.BoolVar(&fault.Truncate, "truncate", false, "send half of the answer and close the connection")
	flags.BoolVar(&fault.AfterEffect, "after-effect", false, "carry the request out before -status or -cut: the answer is lost")
	flags.DurationVar(&fault.EffectAfter, "effect-after", 0, "carry the request out this `time` after -status or -cut")
	flags.DurationVar(&fault.DelayBefore, "delay-before", 0, "wait this `time` before such a request is carried out")
	return func() *sandbox.Fault {
		if fault.Status == 0 && !fault.Cut && !fault.Truncate && fault.DelayBefore == 0 && len(fault.Header) == 0 {
			return nil
		}
		return &fault
	}
}
