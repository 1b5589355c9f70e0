// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// The messages of the lines.
const (
	requestLine   = "Request"
	retryLine     = "Waiting before retrying a request that failed"
	rateLimitLine = "Waiting because the service limits the rate of requests"
)

// logAttempt writes the line of one request, at DEBUG.
func logAttempt(ctx context.Context, attempt rest.Attempt) {
	fields := map[string]any{
		"service": attempt.Service, "method": attempt.Method, "url": attempt.URL, "attempt": attempt.Number,
		"status": attempt.Status, "bytes": attempt.Bytes, "duration": attempt.Took.Round(time.Millisecond).String(),
	}
	if attempt.RequestID != "" {
		fields["request_id"] = attempt.RequestID
	}
	if attempt.Failure != "" {
		fields["error"] = attempt.Failure
	}
	tflog.Debug(ctx, requestLine, fields)
}

// logWait writes why a request waits, at INFO.
func logWait(ctx context.Context, wait rest.Wait) {
	fields := map[string]any{
		"service": wait.Service, "method": wait.Method, "url": wait.URL, "seconds": wait.For.Round(10 * time.Millisecond).Seconds(),
	}
	if wait.Status != 0 {
		fields["status"] = wait.Status
	}
	if wait.Failure != "" {
		fields["error"] = wait.Failure
	}
	message := retryLine
	if wait.RateLimit {
		message = rateLimitLine
	}
	tflog.Info(ctx, message, fields)
}
