// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var oneInvite = Change{
	Method: "POST", Path: "users", Body: "body",
	Target: Target{Activity: ActivityInvite, Email: "ana@example.com", Role: new("Reader"), RoleBefore: new(""), Fields: []string{"role"}},
}

// records are what the hook was called with.
type records struct {
	begun []beginning
	ended []Outcome
	// refuse is the hook's error, nil for none.
	refuse error
}

type beginning struct {
	method, url string
	target      Target
}

func (r *records) hook(config *Config) {
	config.Record = func(_ context.Context, method, url string, target Target) (func(Outcome), error) {
		r.begun = append(r.begun, beginning{method, url, target})
		if r.refuse != nil {
			return nil, r.refuse
		}
		return func(outcome Outcome) { r.ended = append(r.ended, outcome) }, nil
	}
}

// TestEachChangeIsRecordedOnce meets every kind of answer. Whatever happens
// there is one beginning and one end.
func TestEachChangeIsRecordedOnce(t *testing.T) {
	t.Parallel()
	answers := func(codes ...int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(codes[0])
			io.WriteString(w, `{}`)
			if len(codes) > 1 {
				codes = codes[1:]
			}
		}
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    Outcome // without Err
		lost    bool
		unsent  bool
	}{
		"created":                    {answers(201), Outcome{Result: ResultSuccess, Status: 201}, false, false},
		"created after a rate limit": {answers(429, 429, 201), Outcome{Result: ResultSuccess, Status: 201}, false, false},
		"refused":                    {answers(409), Outcome{Result: ResultFailure, Status: 409}, false, false},
		"refused after a rate limit": {answers(429, 403), Outcome{Result: ResultFailure, Status: 403}, false, false},
		"too long a rate limit": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}, Outcome{Result: ResultFailure, Status: 429}, false, false},
		"fault":                    {answers(502), Outcome{Status: 502}, true, false},
		"fault that asks to wait":  {answers(503), Outcome{Status: 503}, true, false},
		"fault after a rate limit": {answers(429, 500), Outcome{Status: 500}, true, false},
		"no answer":                {func(w http.ResponseWriter, _ *http.Request) { cutConnection(w) }, Outcome{}, true, false},
		"no answer after a rate limit": {func() http.HandlerFunc {
			limited := true
			return func(w http.ResponseWriter, r *http.Request) {
				if !limited {
					cutConnection(w)
					return
				}
				limited = false
				answers(429)(w, r)
			}
		}(), Outcome{}, true, false},
		"no answer in time": {func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body) // or the server does not notice that the client leaves
			<-r.Context().Done()
		}, Outcome{}, true, false},
		"created, no use of it": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }, Outcome{Status: 201}, true, false},
		"redirected": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, Outcome{Status: 307}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var log records
				client := newInMemory(t, test.handler, log.hook)
				err := client.Send(t.Context(), oneInvite, &struct{}{})
				log.expect(t, oneInvite, err, test.want)
				if Lost(err) != test.lost || Unsent(err) != test.unsent || (err == nil) != (test.want.Result == ResultSuccess) {
					t.Errorf("got %v, want it lost: %t, unsent: %t", err, test.lost, test.unsent)
				}
			})
		})
	}
}

// expect wants one record, of the change and with the error that was returned.
func (r *records) expect(t *testing.T, change Change, err error, want Outcome) {
	t.Helper()
	if len(r.begun) != 1 || len(r.ended) != 1 {
		t.Fatalf("got %d beginnings and %d ends, want one of each", len(r.begun), len(r.ended))
	}
	if got, want := r.begun[0], (beginning{change.Method, "http://service.test/" + change.Path, change.Target}); !reflect.DeepEqual(got, want) {
		t.Errorf("began with %+v, want %+v", got, want)
	}
	if want.Err = err; r.ended[0] != want {
		t.Errorf("ended with %+v, want %+v", r.ended[0], want)
	}
}

// TestTheRecordHasWhatIsSent compares it with what arrives.
func TestTheRecordHasWhatIsSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		var arrived []beginning
		client := newInMemory(t, func(_ http.ResponseWriter, r *http.Request) {
			if got := len(log.begun); got != len(arrived)+1 {
				t.Errorf("%s arrived with %d records before it, want %d", r.RequestURI, got, len(arrived)+1)
			}
			arrived = append(arrived, beginning{method: r.Method, url: "http://" + r.Host + r.RequestURI})
		}, log.hook)
		for _, change := range []Change{
			{Method: "POST", Path: "users"}, {Method: "PATCH", Path: Path("users", "a/b")},
			{Method: "DELETE", Path: Path("users", "..", "role")}, {Method: "PUT", Path: Path("users", "ü ?")},
		} {
			if err := client.Send(t.Context(), change, nil); err != nil {
				t.Error(err)
			}
		}
		if !reflect.DeepEqual(log.begun, arrived) || len(arrived) != 4 {
			t.Errorf("recorded %v, arrived %v", log.begun, arrived)
		}
	})
}

func TestReadsAreNotRecorded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) {}, log.hook)
		if err := client.Get(t.Context(), "users", nil, nil); err != nil || len(log.begun) != 0 {
			t.Errorf("got error %v and %d records, want none", err, len(log.begun))
		}
	})
}

func TestWithoutARecordNothingIsSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := records{refuse: errors.New("disk full")}
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }, log.hook)
		change := oneInvite
		change.Settle = func(_ context.Context, outcome Outcome) Outcome {
			t.Error("what was not sent was settled")
			return outcome
		}
		err := client.Send(t.Context(), change, nil)
		if !errors.Is(err, log.refuse) || !Unsent(err) || Lost(err) || len(log.ended) != 0 {
			t.Errorf("got %v and %d ends, want the hook's error of a change that was not sent", err, len(log.ended))
		}
	})
}

func TestWhatIsNotBegunIsNotRecorded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }, log.hook)
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		for name, err := range map[string]error{
			"after Ctrl-C":       client.Send(ended, oneInvite, nil),
			"with an empty id":   client.Send(t.Context(), Change{Method: "DELETE", Path: Path("users", "", "role")}, nil),
			"with no JSON in it": client.Send(t.Context(), Change{Method: "POST", Path: "users", Body: func() {}}, nil),
		} {
			if !Unsent(err) || Lost(err) || len(log.begun) != 0 {
				t.Errorf("%s: got %v and %d records, want an unsent change without any", name, err, len(log.begun))
			}
		}
		if err := client.Send(ended, oneInvite, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("after Ctrl-C: got %v, want it said", err)
		}
	})
}

func TestCtrlCWhileAChangeIsRecorded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		ctx, cancel := context.WithCancel(t.Context())
		client := newInMemory(t, func(_ http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet {
				t.Error("the change was sent")
			}
		}, log.hook)
		// With a connection at hand, a request would be sent without any wait.
		if err := client.Get(t.Context(), "users", nil, nil); err != nil {
			t.Fatal(err)
		}
		record := client.config.Record
		client.config.Record = func(ctx context.Context, method, url string, target Target) (func(Outcome), error) {
			cancel()
			return record(ctx, method, url, target)
		}
		err := client.Send(ctx, oneInvite, nil)
		if !errors.Is(err, context.Canceled) || !Unsent(err) {
			t.Errorf("got %v, want the end of what was not sent", err)
		}
		log.expect(t, oneInvite, err, Outcome{Result: ResultFailure, Detail: "nothing was carried out: " + err.Error()})
	})
}

func TestSettle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				return
			}
			<-time.After(time.Second)
			w.WriteHeader(http.StatusBadGateway)
		}, log.hook)
		ctx, cancel := context.WithCancel(t.Context())
		wrong := errors.New("taken already")
		change := oneInvite
		change.Settle = func(settling context.Context, outcome Outcome) Outcome {
			if outcome.Result != ResultUnknown || !Lost(outcome.Err) {
				t.Errorf("got %+v, want what the answer shows", outcome)
			}
			if ctx.Err() == nil {
				t.Error("the operation has not ended")
			}
			if deadline, ok := settling.Deadline(); settling.Err() != nil || !ok || time.Until(deadline) != SettleTimeout {
				t.Errorf("got a context that ended with %v, or in %s, want one with a minute left", settling.Err(), time.Until(deadline))
			}
			if err := client.Get(settling, "users", nil, nil); err != nil {
				t.Errorf("looking up: %v", err)
			}
			return Outcome{Result: ResultFailure, ID: "ana", Status: 200, Detail: "found", Err: wrong}
		}
		time.AfterFunc(500*time.Millisecond, cancel)
		err := client.Send(ctx, change, nil)
		if !errors.Is(err, wrong) {
			t.Errorf("got %v, want what Settle says", err)
		}
		log.expect(t, change, err, Outcome{Result: ResultFailure, ID: "ana", Status: 502, Detail: "found"})
	})
}

// TestSettleIsAskedAboutASuccess too: the value is decoded by then.
func TestSettleIsAskedAboutASuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"id":"ana"}`) }, log.hook)
		var reply struct {
			ID string `json:"id"`
		}
		change := oneInvite
		change.Settle = func(_ context.Context, outcome Outcome) Outcome {
			outcome.ID = reply.ID
			return outcome
		}
		err := client.Send(t.Context(), change, &reply)
		log.expect(t, change, err, Outcome{Result: ResultSuccess, ID: "ana", Status: 200})
	})
}

func TestAChangeUnderWayOutlivesItsOperation(t *testing.T) {
	t.Parallel()
	interrupt := errors.New("interrupted")
	for name, test := range map[string]struct {
		end func(context.Context) (context.Context, context.CancelFunc)
		adj func(*Config)
	}{
		"Ctrl-C": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(ctx)
			time.AfterFunc(time.Second, func() { cancel(interrupt) })
			return ctx, func() { cancel(nil) }
		}, func(*Config) {}},
		"timeouts of the resource": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeoutCause(ctx, time.Second, interrupt)
		}, func(*Config) {}},
		"retry_timeout": {func(ctx context.Context) (context.Context, context.CancelFunc) { return ctx, func() {} },
			func(config *Config) { config.RetryTimeout = time.Second }},
	} {
		for answer, status := range map[string]int{"success": 201, "rate limit": 429, "fault": 502, "none": 0} {
			t.Run(name+" "+answer, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var requests atomic.Int32
					handler := func(w http.ResponseWriter, r *http.Request) {
						requests.Add(1)
						recorded(t, r)
						if status == 0 {
							<-r.Context().Done()
							return
						}
						select {
						case <-r.Context().Done():
							if r.Method != http.MethodGet {
								t.Error("the change was canceled")
							}
						case <-time.After(3 * time.Second):
							w.WriteHeader(status)
						}
					}
					client := newInMemory(t, handler, test.adj)
					ctx, cancel := test.end(t.Context())
					defer cancel()
					began := time.Now()
					err := client.Send(ctx, oneInvite, nil)
					took, want := time.Since(began), 3*time.Second
					if status == 0 {
						want = 30 * time.Second // request_timeout
						if timeout, ok := errors.AsType[*timeoutError](err); !ok || timeout.after != want || errors.Is(err, interrupt) {
							t.Errorf("got %v, want no complete answer", err)
						}
					}
					if got := requests.Load(); got != 1 || took != want || Status(err) != status && err != nil || Unsent(err) {
						t.Errorf("got %v after %s and %d requests, want the answer %d after %s", err, took, got, status, want)
					}
					if (err == nil) != (status == 201) || Lost(err) != (status == 502 || status == 0) {
						t.Errorf("got %v", err)
					}

					// A read ends at once.
					ctx, cancel = test.end(t.Context())
					defer cancel()
					began = time.Now()
					if err := client.Get(ctx, "users", nil, nil); err == nil || time.Since(began) != time.Second {
						t.Errorf("a read: got %v after %s, want its end after a second", err, time.Since(began))
					}
				})
			})
		}
	}
}

// TestCtrlCBeforeAChangeIsSent ends it at once, and nothing was carried out.
func TestCtrlCBeforeAChangeIsSent(t *testing.T) {
	t.Parallel()
	limited := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "300")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	none := func(http.ResponseWriter, *http.Request) {}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		before  func(*Client)
		status  int // of the record
	}{
		"in its own rate limit": {limited, func(*Client) {}, 429},
		"in the rate limit of another": {none, func(c *Client) {
			c.pause.extend(time.Minute)
		}, 0},
		"while connecting": {none, func(c *Client) {
			dialWith(c, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		}, 0},
		"between attempts to connect": {none, func(c *Client) {
			dialWith(c, func(context.Context) error { return errors.New("connection refused") })
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var log records
				client := newInMemory(t, test.handler, log.hook)
				test.before(client)
				interrupt := errors.New("interrupted")
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(100*time.Millisecond, func() { cancel(interrupt) })
				began := time.Now()
				err := client.Send(ctx, oneInvite, nil)
				if took := time.Since(began); took != 100*time.Millisecond {
					t.Errorf("ended after %s, want at once", took)
				}
				if !errors.Is(err, interrupt) || !Unsent(err) || Lost(err) || Status(err) != 0 {
					t.Errorf("got %v, want the interruption of what was not carried out", err)
				}
				log.expect(t, oneInvite, err, Outcome{Result: ResultFailure, Status: test.status, Detail: "nothing was carried out: " + err.Error()})
			})
		})
	}
}

// TestAChangeThatTheRateLimitKeepsBack never got the status that another got.
func TestAChangeThatTheRateLimitKeepsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log records
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }, log.hook)
		client.pause.extend(time.Hour)
		err := client.Send(t.Context(), oneInvite, nil)
		if Status(err) != 429 || !Unsent(err) || Lost(err) {
			t.Errorf("got %v, want the reason of the other", err)
		}
		log.expect(t, oneInvite, err, Outcome{Result: ResultFailure, Detail: "nothing was carried out: " + err.Error()})
		if !strings.Contains(err.Error(), "the service asked to send nothing") {
			t.Errorf("got %v, want it to say why", err)
		}
	})
}
