# The findings, formatted for a comment on a pull request. The author of the pull
# request controls parts of the texts, and GitHub accepts 65,536 characters.
package datastack.comment

# The whole comment. check.sh reads the result of the check from the first line, which
# holds nothing that a pull request controls.
text := concat("\n", array.concat([verdict], review))

verdict := concat("", [denied, warned])

denied := "## Access check: passed\n" if count(data.main.deny) == 0

denied := sprintf("## Access check: failed\n\n%s\n", [lines(data.main.deny)]) if count(data.main.deny) > 0

warned := "" if count(data.main.warn) == 0

warned := sprintf("\n### Warnings\n\nThese findings do not fail the check:\n\n%s\n", [lines(data.main.warn)]) if count(data.main.warn) > 0

# The table of who has access, if the output of that name is a string that fits.
default review := []

review := [sprintf("<details><summary>Who has access</summary>\n\n%s\n\n</details>\n", [table])] if {
	table := without_html(input.planned_values.outputs.access_review.value)
	count(table) + count(verdict) < 65000
}

shown := 40

lines(findings) := concat("\n", array.concat(
	array.slice([sprintf("- %s", [line(finding.msg)]) | some finding in findings], 0, shown),
	[sprintf("- and %d more", [more]) | more := count(findings) - shown; more > 0],
))

# On one line, so that a finding cannot start a heading.
line(message) := substring(without_html(regex.replace(message, `\s+`, " ")), 0, 700)

# HTML elements could hide the text after them.
without_html(message) := replace(message, "<", "&lt;")
