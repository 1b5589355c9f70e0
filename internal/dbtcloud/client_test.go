// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"ab123.us1.dbt.com", "https://ab123.us1.dbt.com", "https://ab123.us1.dbt.com/", "ab123.us1.dbt.com/api", "https://ab123.us1.dbt.com/api/",
		"https://ab123.us1.dbt.com/api/v2", "https://ab123.us1.dbt.com/api/v2/", "https://ab123.us1.dbt.com/api/v3", "ab123.us1.dbt.com/api/v3/",
	} {
		got, err := dbtcloud.ParseBaseURL(address)
		if err != nil || got.String() != "https://ab123.us1.dbt.com" {
			t.Errorf("ParseBaseURL(%q) = %v, %v, want https://ab123.us1.dbt.com", address, got, err)
		}
	}
	if got, err := dbtcloud.ParseBaseURL(dbtcloud.DefaultBaseURL); err != nil || got.String() != dbtcloud.DefaultBaseURL {
		t.Errorf("the default: got %v, %v", got, err)
	}
	if got, err := dbtcloud.ParseBaseURL("http://cloud.getdbt.com"); err == nil {
		t.Errorf("http: got %v, want an error", got)
	}
	for _, address := range []string{"https://cloud.getdbt.com/settings/accounts/12345", "cloud.getdbt.com/deploy/12345/projects/7", "https://cloud.getdbt.com/#/accounts/12345", "https://cloud.getdbt.com/v1"} {
		if _, err := dbtcloud.ParseBaseURL(address); err == nil || !strings.Contains(err.Error(), `write "https://cloud.getdbt.com"`) {
			t.Errorf("%q: got error %v, want one that says what to write", address, err)
		}
	}
}

func TestClientTellsWhereItLooks(t *testing.T) {
	t.Parallel()
	base, err := dbtcloud.ParseBaseURL("emea.dbt.com/api")
	if err != nil {
		t.Fatal(err)
	}
	client := dbtcloud.New(rest.Config{Base: base}, "dbtc_secret", account)
	if client.Base() != "https://emea.dbt.com" || client.AccountID() != account {
		t.Errorf("got %s and account %d", client.Base(), client.AccountID())
	}
}

// lists are the methods that read a collection.
var lists = map[string]func(*dbtcloud.Client, context.Context) (int, error){
	"users": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.Users(ctx)
		return len(rows), err
	},
	"groups": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.Groups(ctx)
		return len(rows), err
	},
	"invites": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.Invites(ctx)
		return len(rows), err
	},
	"license maps": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.LicenseMaps(ctx)
		return len(rows), err
	},
	"SCIM tokens": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.SCIMTokens(ctx)
		return len(rows), err
	},
	"service tokens": func(c *dbtcloud.Client, ctx context.Context) (int, error) {
		rows, err := c.ServiceTokens(ctx)
		return len(rows), err
	},
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status                int
		body                  string
		wantCode, wantMessage string
	}{
		"wrong token":     {401, file(t, "unauthorized.json"), "", "Invalid token."},
		"IP restrictions": {403, file(t, "ip_restricted.json"), "account_access_denied", "Forbidden: Access denied"},
		"not found":       {404, file(t, "not_found.json"), "", "The requested resource was not found. Please check that you have the proper permissions. If you are seeing this in error, please contact support!"},
		"developer message": {
			400, `{"status":{"user_message":"Bad request","developer_message":"limit is too large"},"data":[]}`, "", "Bad request (limit is too large)",
		},
		"developer message alone": {400, `{"status":{"user_message":null,"developer_message":"limit is too large"}}`, "", "limit is too large"},
		"both the same":           {400, `{"status":{"user_message":"No.","developer_message":"No."}}`, "", "No."},
		"another form":            {400, `{"detail":"Not here."}`, "", `{"detail":"Not here."}`},
		"HTML":                    {404, file(t, "sign_in.html"), "", "<!doctype html> <html> <head><title>Uh oh!</title></head> <body>Something went wrong.</body> </html>"},
		"nothing":                 {404, "", "", ""},
	} {
		for list, read := range lists {
			t.Run(name+" "+list, func(t *testing.T) {
				t.Parallel()
				client, received := serve(t, always(test.status, test.body))
				_, err := read(client, t.Context())
				failure, ok := errors.AsType[*rest.Error](err)
				if !ok || failure.Status != test.status || failure.Code != test.wantCode || failure.Message != test.wantMessage {
					t.Errorf("got %v, want %d (%s): %s", err, test.status, test.wantCode, test.wantMessage)
				}
				if strings.Contains(err.Error(), "dbtc_secret") {
					t.Errorf("the error has the token: %v", err)
				}
				if got := len(received.sorted()); got != 1 {
					t.Errorf("got %d requests, want 1", got)
				}
			})
		}
	}
}

func TestAnswersThatAreNoList(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"HTML":                   file(t, "sign_in.html"),
		"nothing":                "",
		"empty object":           `{}`,
		"null":                   `null`,
		"other JSON":             `{"message":"Welcome"}`,
		"refusal with 200":       file(t, "unauthorized.json"),
		"failure with rows":      `{"status":{"code":503,"is_success":false},"data":[{"id":1}],"extra":{"pagination":{"total_count":1}}}`,
		"no success, no code":    `{"status":{"is_success":false},"data":[{"id":1}]}`,
		"refusal without rows":   `{"status":{"code":403,"is_success":false},"data":[]}`,
		"failure without rows":   `{"status":{"code":503,"is_success":false},"data":[],"extra":{"pagination":{"total_count":0}}}`,
		"data null":              `{"data":null}`,
		"data null, rows exist":  `{"data":null,"extra":{"pagination":{"total_count":3}}}`,
		"data of another kind":   `{"data":{"id":1}}`,
		"rows of another kind":   `{"data":["a"]}`,
		"a list without a frame": `[{"id":1}]`,
	} {
		for list, read := range lists {
			t.Run(name+" "+list, func(t *testing.T) {
				t.Parallel()
				client, _ := serve(t, always(http.StatusOK, body))
				n, err := read(client, t.Context())
				failure, ok := errors.AsType[*rest.Error](err)
				if !ok || failure.Status != http.StatusOK || failure.Err == nil {
					t.Errorf("got %d rows and error %v, want an *rest.Error with the status 200 and a cause", n, err)
				}
			})
		}
	}
}

// TestWhatAnswered reads what is not a reply of dbt Cloud, or one that reports a
// failure, after a transient error.
func TestWhatAnswered(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"blocked":"by the proxy"}`: `200 OK: the reply has no data: {"blocked":"by the proxy"} (GET `,
		`{"status":{"code":503,"is_success":false,"user_message":"Try later."},"data":[]}`: "200 OK: the service reports a failure: status 503: Try later. (GET ",
		`{"status":{"code":404},"data":[]}`:                                                `200 OK: the service reports a failure: status 404: {"status":{"code":404},"data":[]} (GET `,
	} {
		for name, read := range map[string]func(*dbtcloud.Client) error{
			"list":   func(c *dbtcloud.Client) error { _, err := c.Groups(t.Context()); return err },
			"single": func(c *dbtcloud.Client) error { _, err := c.SCIMConfig(t.Context()); return err },
		} {
			t.Run(name+" "+body, func(t *testing.T) {
				t.Parallel()
				var calls atomic.Int32
				client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					if calls.Add(1) == 1 {
						always(http.StatusBadGateway, "")(w, r)
						return
					}
					always(http.StatusOK, body)(w, r)
				})
				err := read(client)
				if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "/, 2 attempts") {
					t.Errorf("got  %v\nwant %s..., 2 attempts", err, want)
				}
			})
		}
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{http.StatusNotFound: true, http.StatusForbidden: false} {
		client, _ := serve(t, always(status, "{}"))
		if _, err := client.Groups(t.Context()); dbtcloud.NotFound(err) != want || dbtcloud.AccessDenied(err) {
			t.Errorf("%d: got NotFound %t and AccessDenied %t, want %t and false", status, dbtcloud.NotFound(err), dbtcloud.AccessDenied(err), want)
		}
	}
	client, _ := serve(t, always(http.StatusForbidden, file(t, "ip_restricted.json")))
	if _, err := client.Groups(t.Context()); !dbtcloud.AccessDenied(err) {
		t.Errorf("got %v, want AccessDenied", err)
	}
}

func TestNoRowsAndSaidSo(t *testing.T) {
	t.Parallel()
	for _, body := range []string{envelope(nil, "0"), envelope(nil, ""), `{"data":null,"extra":{"pagination":{"total_count":0}}}`} {
		for list, read := range lists {
			client, received := serve(t, always(http.StatusOK, body))
			if n, err := read(client, t.Context()); n != 0 || err != nil {
				t.Errorf("%s: got %d rows and error %v, want none", list, n, err)
			}
			if got := len(received.sorted()); got != 1 {
				t.Errorf("%s: got %d requests, want 1", list, got)
			}
		}
	}
}

func TestOneListingForAll(t *testing.T) {
	t.Parallel()
	client, received := serve(t, inPages(t, userRows(250), "250"))
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			if users, err := client.Users(t.Context()); err != nil || len(users) != 250 {
				t.Errorf("got %d users and error %v, want 250", len(users), err)
			}
		})
	}
	callers.Wait()
	expectRequests(t, received, pagesOf(usersPage, 0, 100, 200))
}

func TestAFailedListingIsTriedAgain(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 1 {
			always(http.StatusUnauthorized, file(t, "unauthorized.json"))(w, r)
			return
		}
		inPages(t, userRows(1), "1")(w, r)
	})
	if _, err := client.Users(t.Context()); rest.Status(err) != http.StatusUnauthorized {
		t.Errorf("got %v, want the 401", err)
	}
	if users, err := client.Users(t.Context()); err != nil || len(users) != 1 {
		t.Errorf("got %d users and error %v, want 1", len(users), err)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	client, received := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		inPages(t, userRows(1), "1")(w, r)
	})
	if users, err := client.Users(t.Context()); err != nil || len(users) != 1 {
		t.Errorf("got %d users and error %v, want 1", len(users), err)
	}
	expectRequests(t, received, pagesOf(usersPage, 0, 0))
}

func TestTheCoolDownLastsFiveMinutes(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		io.WriteString(w, `{}`)
	})
	_, err := client.Users(t.Context())
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok || failure.Status != http.StatusTooManyRequests || failure.RetryAfter != 5*time.Minute {
		t.Errorf("got %v, want a 429 that asks to wait five minutes, longer than the one minute allowed", err)
	}
}
