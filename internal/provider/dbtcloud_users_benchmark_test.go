// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// BenchmarkReadUsers reads all users of a dbt Cloud account through the
// protocol server, with no Terraform around it and no delay in the replies.
func BenchmarkReadUsers(b *testing.B) {
	for _, people := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("users=%d", people), func(b *testing.B) {
			read := usersReader(b, people)
			b.ReportAllocs()
			before := mallocs()
			for b.Loop() {
				read()
			}
			b.ReportMetric(float64(mallocs()-before)/float64(b.N*people), "allocs/user")
		})
	}
}

// TestReadUsersMakesNoTree counts what a user costs on the way from a reply to the
// state. It was fifteen times as much while values were trees, and the
// framework met them.
func TestReadUsersMakesNoTree(t *testing.T) {
	const people, most = 1_000, 60
	read := usersReader(t, people)
	before := mallocs()
	read()
	if each := (mallocs() - before) / people; each > most {
		t.Errorf("got %d allocations for each user, want at most %d", each, most)
	}
}

func mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

// usersReader returns what reads all users of an account once, with a provider that
// has read nothing.
func usersReader(tb testing.TB, people int) (read func()) {
	tb.Helper()
	const users = "datastack_dbtcloud_users"
	services := httptest.NewServer(remembering(sandbox.New(sandbox.Options{People: people})))
	tb.Cleanup(services.Close)
	tb.Setenv("DBT_CLOUD_TOKEN", sandbox.DBTCloudToken)
	tb.Setenv("DBT_CLOUD_ACCOUNT_ID", strconv.Itoa(sandbox.DBTCloudAccount))
	tb.Setenv("DBT_CLOUD_HOST_URL", services.URL)
	read = func() {
		server, err := factories["datastack"]()
		if err != nil {
			tb.Fatal(err)
		}
		schemas, err := server.GetProviderSchema(tb.Context(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			tb.Fatal(err)
		}
		configured, err := server.ConfigureProvider(tb.Context(), &tfprotov6.ConfigureProviderRequest{Config: nullBlock(tb, schemas.Provider)})
		if err != nil || len(configured.Diagnostics) > 0 {
			tb.Fatal(err, configured)
		}
		answer, err := server.ReadDataSource(tb.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName: users, Config: nullBlock(tb, schemas.DataSourceSchemas[users]),
		})
		if err != nil || len(answer.Diagnostics) > 0 {
			tb.Fatal(err, answer)
		}
	}
	read() // The services remember their replies from here on.
	return read
}

// nullBlock is a block in which everything is left out.
func nullBlock(tb testing.TB, schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	tb.Helper()
	block := schema.ValueType().(tftypes.Object)
	values := make(map[string]tftypes.Value, len(block.AttributeTypes))
	for name, typ := range block.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
	}
	value, err := tfprotov6.NewDynamicValue(block, tftypes.NewValue(block, values))
	if err != nil {
		tb.Fatal(err)
	}
	return &value
}

// remembering answers a request that it has seen before with the same bytes,
// so that the cost of working a reply out is not measured.
func remembering(services http.Handler) http.Handler {
	var replies sync.Map
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, known := replies.Load(r.RequestURI)
		if !known {
			recorder := httptest.NewRecorder()
			services.ServeHTTP(recorder, r)
			reply, _ = replies.LoadOrStore(r.RequestURI, recorder.Body.Bytes())
		}
		_, _ = w.Write(reply.([]byte))
	})
}
