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
	const users = "datastack_dbtcloud_users"
	for _, people := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("users=%d", people), func(b *testing.B) {
			services := httptest.NewServer(remembering(sandbox.New(sandbox.Options{People: people})))
			defer services.Close()
			b.Setenv("DBT_CLOUD_TOKEN", sandbox.DBTCloudToken)
			b.Setenv("DBT_CLOUD_ACCOUNT_ID", strconv.Itoa(sandbox.DBTCloudAccount))
			b.Setenv("DBT_CLOUD_HOST_URL", services.URL)
			read := func() {
				server, err := factories["datastack"]()
				if err != nil {
					b.Fatal(err)
				}
				schemas, err := server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{})
				if err != nil {
					b.Fatal(err)
				}
				configured, err := server.ConfigureProvider(b.Context(), &tfprotov6.ConfigureProviderRequest{Config: nullBlock(b, schemas.Provider)})
				if err != nil || len(configured.Diagnostics) > 0 {
					b.Fatal(err, configured)
				}
				answer, err := server.ReadDataSource(b.Context(), &tfprotov6.ReadDataSourceRequest{
					TypeName: users, Config: nullBlock(b, schemas.DataSourceSchemas[users]),
				})
				if err != nil || len(answer.Diagnostics) > 0 {
					b.Fatal(err, answer)
				}
			}
			read() // The services remember their replies from here on.
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				read()
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(b.N*people), "allocs/user")
		})
	}
}

// nullBlock is a block in which everything is left out.
func nullBlock(b *testing.B, schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	b.Helper()
	block := schema.ValueType().(tftypes.Object)
	values := make(map[string]tftypes.Value, len(block.AttributeTypes))
	for name, typ := range block.AttributeTypes {
		values[name] = tftypes.NewValue(typ, nil)
	}
	value, err := tfprotov6.NewDynamicValue(block, tftypes.NewValue(block, values))
	if err != nil {
		b.Fatal(err)
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
