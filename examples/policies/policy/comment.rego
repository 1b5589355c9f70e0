# What was found, as lines of the comment on a pull request. GitHub takes 65,536
# characters, so of very many findings the first are shown.
package datastack.comment

denied := lines(data.main.deny)

warned := lines(data.main.warn)

shown := 80

lines(findings) := concat("\n", array.concat(
	array.slice([sprintf("- %s", [finding.msg]) | some finding in findings], 0, shown),
	[sprintf("- and %d more", [more]) | more := count(findings) - shown; more > 0],
))
