// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command sandbox starts dbt Cloud, RudderStack SCIM and Fivetran as one local
// server with the people of a small company, and prints what points the
// provider at it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// run serves until the context ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:0", "loopback `address` to listen on; port 0 takes a free one")
	people := flags.Int("people", 0, "users in each service; 0 is the seed company")
	delay := flags.Duration("delay", 0, "time before each reply")
	var names []string
	flags.Func("oddity", "`names` of oddities to play, with commas between them or one by one (see below)", func(value string) error {
		names = append(names, strings.Split(value, ",")...)
		return nil
	})
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "Usage of sandbox:")
		flags.PrintDefaults()
		_, _ = fmt.Fprint(stderr, "\nOddities. Of those about one thing, one can be played:\n")
		for _, oddity := range sandbox.Oddities {
			_, _ = fmt.Fprintf(stderr, "  %-28s%s: %s\n", oddity.Name, oddity.About, oddity.Does)
		}
	}
	var today time.Time
	flags.Func("today", "the `day`, such as 2026-01-31, before which everything in the seed happened; the default is the day of the start", func(day string) (err error) {
		today, err = time.Parse(time.DateOnly, day)
		return err
	})
	fault := faultFlags(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err := loopback(*addr); err != nil {
		return err
	}
	oddities, err := sandbox.ChooseOddities(names...)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", *addr)
	if err != nil {
		return err
	}
	services := sandbox.New(sandbox.Options{People: *people, Delay: *delay, Today: today, Oddities: oddities})
	if wrong := fault(); wrong != nil {
		services.Inject(*wrong)
	}
	server := &http.Server{
		Handler:           services,
		ReadHeaderTimeout: 10 * time.Second,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := announce(stdout, "http://"+listener.Addr().String()); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	// The context is over; what is under way gets a moment of its own.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return server.Close()
	}
	return nil
}

// loopback refuses an address that other machines can reach: the credentials
// of the sandbox are public.
func loopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s is not a loopback address", addr)
}

// announce prints the base URL and the environment of the provider.
func announce(w io.Writer, base string) error {
	if _, err := fmt.Fprintf(w, "# The sandbox answers on %s\n", base); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, "export "+strings.Join(sandbox.Environment(base), "\nexport "))
	return err
}
