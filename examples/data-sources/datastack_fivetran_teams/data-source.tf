data "datastack_fivetran_teams" "all" {}

output "team_managers" {
  value = [
    for team in data.datastack_fivetran_teams.all.teams : {
      team     = team.name
      managers = [for member in team.members : member.email if member.role == "Team Manager"]
    }
  ]
}
