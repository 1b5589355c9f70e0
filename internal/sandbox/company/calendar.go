// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package company

import "time"

// WrittenOn is the day on which the seeds were written: their dates come before.
var WrittenOn = time.Date(2026, time.October, 29, 0, 0, 0, 0, time.UTC)

// Calendar dates what is in the seeds as if they were written on another day.
type Calendar struct{ shift time.Duration }

// NewCalendar returns the calendar of a day.
func NewCalendar(today time.Time) Calendar { return Calendar{today.Sub(WrittenOn)} }

// Moment returns a time to the microsecond, as the services give it. On the day
// of WrittenOn it is in the year given. A larger n is later, up to 279; then it
// starts again.
func (c Calendar) Moment(year, n int) string {
	written := time.Date(year, time.Month(1+n/28%10), 1+n%28, 7+n%12, n*7%60, n*13%60, 1000*(1000+n*7919%990000), time.UTC)
	return written.Add(c.shift).Format("2006-01-02T15:04:05.000000Z07:00")
}
