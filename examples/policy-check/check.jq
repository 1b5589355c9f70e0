# What may not be in a plan, one line each. Usage:
#
#   terraform plan -out=tfplan
#   terraform show -json tfplan | jq --raw-output --from-file check.jq
#
# Planned changes stand in resource_changes. What data sources read while
# planning stands in prior_state, and nowhere else.

def planned(type):
  .resource_changes[]? | select(.type == type and (.change.actions | index("create") or index("update")));

def read(type):
  .prior_state.values.root_module
  | recurse(.child_modules[]?)
  | .resources[]?
  | select(.mode == "data" and .type == type)
  | .values;

( planned("datastack_fivetran_user_invite")
  | if .change.after_unknown.email == true
    then "\(.address): the address is not known yet, so it cannot be judged"
    elif .change.after.email | ascii_downcase | endswith("@northwind.example") | not
    then "\(.address): \(.change.after.email) is not an address of the company"
    elif .change.after.role == "Account Administrator"
    then "\(.address): nobody becomes Account Administrator by way of Terraform"
    else empty end ),

( read("datastack_dbtcloud_users").users[]
  | select(.license_type == "developer" and .status == "inactive")
  | "dbt Cloud: \(.email) is inactive and still holds a developer licence" )
