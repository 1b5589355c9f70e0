// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
)

func TestPath(t *testing.T) {
	t.Parallel()
	for want, elements := range map[string][]string{
		"users":                     {"users"},
		"users/nozzle_eat":          {"users", "nozzle_eat"},
		"accounts/1/users/":         {"accounts", "1", "users", ""},
		"users/a%2F..%2Fb%3Fx=1%23": {"users", "a/../b?x=1#"},
		"users/%2E%2E":              {"users", ".."},
		"users/%2E":                 {"users", "."},
		"users/...":                 {"users", "..."},
		"users/100%25%20%C3%BC+&":   {"users", "100% ü+&"},
	} {
		if got := Path(elements...); got != want {
			t.Errorf("Path(%q) = %q, want %q", elements, got, want)
		}
	}
}

// exchange is one request as the service received it.
type exchange struct {
	method, uri, body string
	header            http.Header
}

func recorded(t *testing.T, r *http.Request) exchange {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	return exchange{r.Method, r.RequestURI, string(body), r.Header}
}

func TestGetOnTheWire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got exchange
		client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
			got = recorded(t, r)
			io.WriteString(w, `{"name":"R&D"}`)
		})
		var answer struct {
			Name string `json:"name"`
		}
		err := client.Get(t.Context(), Path("groups", "a/b"), url.Values{"name": {"R&D +1"}, "limit": {"100"}}, &answer)
		if err != nil || answer.Name != "R&D" {
			t.Errorf("got %+v and error %v, want the name R&D", answer, err)
		}
		if got.method != "GET" || got.uri != "/groups/a%2Fb?limit=100&name=R%26D%20%2B1" || got.body != "" {
			t.Errorf("got %s %s %q", got.method, got.uri, got.body)
		}
		for name, want := range map[string]string{
			"Accept": "application/json", "User-Agent": "datastack-test", "Authorization": "Token secret", "Content-Type": "",
		} {
			if value := got.header.Get(name); value != want {
				t.Errorf("%s: got %q, want %q", name, value, want)
			}
		}
	})
}

func TestSendOnTheWire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got exchange
		client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
			got = recorded(t, r)
			w.WriteHeader(http.StatusNoContent)
		})
		if err := client.Send(t.Context(), "PATCH", "users/1", map[string]any{"name": "<R&D>", "phone": nil}, nil); err != nil {
			t.Error(err)
		}
		if got.method != "PATCH" || got.uri != "/users/1" || got.body != `{"name":"<R&D>","phone":null}`+"\n" {
			t.Errorf("got %s %s %q", got.method, got.uri, got.body)
		}
		if value := got.header.Get("Content-Type"); value != "application/json" {
			t.Errorf("Content-Type: got %q, want application/json", value)
		}
	})
}

// plainRefusal is a refusal with a code and a message.
type plainRefusal struct{ Code, Message Text }

func (r *plainRefusal) Explain() (code, message string) { return r.Code.String(), r.Message.String() }

// checkedReply is a reply with an envelope.
type checkedReply struct {
	Name   string `json:"name"`
	Failed bool   `json:"failed"`
}

func (r *checkedReply) Check() error {
	switch {
	case r.Failed:
		return fmt.Errorf("%w: status 503", ErrFailed)
	case r.Name == "":
		return errors.New("the reply has no name")
	default:
		return nil
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		want   Error // Method, URL and Err left out
		cause  string
	}{
		"refusal":                 {403, `{"Code":"Forbidden","Message":"No."}`, Error{Status: 403, Code: "Forbidden", Message: "No."}, ""},
		"refusal read in part":    {403, `{"Message":"No.","Code":"Forb`, Error{Status: 403, Message: "No."}, ""},
		"refusal in another form": {400, `{"detail":"Bad"}`, Error{Status: 400, Message: `{"detail":"Bad"}`}, ""},
		"refusal as HTML":         {404, "<html>\n<title>Not here</title>", Error{Status: 404, Message: "<html> <title>Not here</title>"}, ""},
		"refusal without a body":  {404, "", Error{Status: 404}, ""},
		"redirect to nowhere":     {304, "", Error{Status: 304}, ""},
		"names in another case":   {403, `{"code":"Forbidden"}`, Error{Status: 403, Message: `{"code":"Forbidden"}`}, ""},
		"success without what it needs": {
			200, `{"blocked": "by the proxy"}`, Error{Status: 200, Message: `{"blocked": "by the proxy"}`}, "the reply has no name",
		},
		"success that reports a failure": {
			200, `{"failed":true,"Code":"Down","Message":"Try later."}`, Error{Status: 200, Code: "Down", Message: "Try later."}, "the service reports a failure: status 503",
		},
		"success that reports a failure without a message": {
			200, `{"failed":true}`, Error{Status: 200, Message: `{"failed":true}`}, "the service reports a failure: status 503",
		},
		"success with invalid UTF-8": {
			200, "{\"name\":\"caf\xe9\"}", Error{Status: 200, Message: `{"name":"caf�"}`}, "it contains text that is not valid UTF-8",
		},
		"success with a value of another kind": {
			200, `{"name":{"first":"Ana"}}`, Error{Status: 200, Message: `{"name":{"first":"Ana"}}`}, `unexpected object at "/name"`,
		},
		"success as HTML": {
			200, "<html>Sign in</html>", Error{Status: 200, Message: "<html>Sign in</html>"}, "not the expected JSON",
		},
		"success without a body": {201, "", Error{Status: 201}, "the reply is not the expected JSON: it is empty"},
		"success of another kind": {
			200, `[1]`, Error{Status: 200, Message: "[1]"}, "the reply is not the expected JSON: unexpected array at the top level",
		},
		"success nested without end": {
			200, `{"Extra":` + strings.Repeat("[", 100_000), Error{Status: 200, Message: `{"Extra":` + strings.Repeat("[", 191) + " …"}, "max depth",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(test.status)
					io.WriteString(w, test.body)
				}, func(config *Config) { config.Refusal = func() Refusal { return &plainRefusal{} } })
				err := client.Get(t.Context(), "users", url.Values{"cursor": {"c"}}, &checkedReply{})
				got, ok := errors.AsType[*Error](err)
				if !ok {
					t.Fatalf("got %v, want an *Error", err)
				}
				cause := got.Err
				want := test.want
				want.Method, want.URL, want.Attempts, want.Err = "GET", "http://service.test/users", 1, cause
				if *got != want {
					t.Errorf("got  %+v\nwant %+v", *got, want)
				}
				for _, goWord := range []string{"rest.", "json", "struct", "Go "} {
					if cause != nil && strings.Contains(cause.Error(), goWord) {
						t.Errorf("the cause speaks of Go (%q): %v", goWord, cause)
					}
				}
				if (cause == nil) != (test.cause == "") || cause != nil && !strings.Contains(cause.Error(), test.cause) {
					t.Errorf("got cause %v, want %q", cause, test.cause)
				}
			})
		})
	}
}

// TestNamesWithoutCase reads what SCIM servers send.
func TestNamesWithoutCase(t *testing.T) {
	t.Parallel()
	for anyCase, want := range map[bool]string{true: "Ana", false: ""} {
		synctest.Test(t, func(t *testing.T) {
			client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
				io.WriteString(w, `{"username":"Ana"}`)
			}, func(config *Config) { config.AnyCase = anyCase })
			var reply struct {
				UserName string `json:"userName"`
			}
			if err := client.Get(t.Context(), "users", nil, &reply); err != nil || reply.UserName != want {
				t.Errorf("AnyCase %t: got %q and error %v, want %q", anyCase, reply.UserName, err, want)
			}
		})
	}
}

func TestTheLastOfSeveralMembersCounts(t *testing.T) {
	t.Parallel()
	var reply struct {
		Name string `json:"name"`
	}
	if err := Unmarshal([]byte(`{"name":"a","name":"b"}`), &reply); err != nil || reply.Name != "b" {
		t.Errorf("got %q and error %v, want b", reply.Name, err)
	}
}

// TestCredentialsAreNotInErrors has a service that repeats what it was sent.
func TestCredentialsAreNotInErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		authorize func(*http.Request)
		want      string
	}{
		"token": {func(r *http.Request) { r.Header.Set("Authorization", "Token s3cret") }, "Token *** is not known"},
		"pair":  {func(r *http.Request) { r.SetBasicAuth("k3y", "s3cret") }, "Basic *** (***, ***) is not known"},
	} {
		for _, status := range []int{http.StatusUnauthorized, http.StatusOK} {
			synctest.Test(t, func(t *testing.T) {
				client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
					w.WriteHeader(status)
					io.WriteString(w, r.Header.Get("Authorization"))
					if key, secret, ok := r.BasicAuth(); ok {
						fmt.Fprintf(w, " (%s, %s)", key, secret)
					}
					io.WriteString(w, " is not known")
				}, func(config *Config) { config.Authorize = test.authorize })
				failure, ok := errors.AsType[*Error](client.Get(t.Context(), "users", nil, &struct{}{}))
				if !ok || failure.Message != test.want {
					t.Errorf("%s, %d: got %v, want the message %q", name, status, failure, test.want)
				}
			})
		}
	}
}

func TestNothingIsSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
		for name, send := range map[string]func() error{
			"an empty path element": func() error { return client.Send(t.Context(), "DELETE", Path("groups", "", "users"), nil, nil) },
			"a body that is no JSON": func() error {
				return client.Send(t.Context(), "POST", "users", map[string]any{"f": func() {}}, nil)
			},
			"a method that is none": func() error { return client.Send(t.Context(), "PO ST", "users", nil, nil) },
		} {
			err := send()
			failure, ok := errors.AsType[*Error](err)
			if !ok || failure.Err == nil || failure.Attempts != 0 || failure.Status != 0 {
				t.Errorf("%s: got %v, want an *Error with a cause and no attempt", name, err)
			}
		}
	})
}
