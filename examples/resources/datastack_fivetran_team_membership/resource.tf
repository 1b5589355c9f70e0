data "datastack_fivetran_teams" "analysts" {
  names = ["Analysts"]
}

data "datastack_fivetran_user" "raj" {
  email = "raj.patel@northwind.example"
}

# One user in one team. Other members stay as they are.
resource "datastack_fivetran_team_membership" "raj" {
  team_id = data.datastack_fivetran_teams.analysts.teams[0].id
  user_id = data.datastack_fivetran_user.raj.id
}
