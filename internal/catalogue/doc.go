// Package catalogue has what tests check catalogues of translations with: those
// of the dashboard (package words) and of the widget (chatserver/widget). A
// catalogue is a folder of <tag>.json files; doc.go of package words says what is
// in them.
//
// It finds the texts of scripts, and compares them with the entries: texts that a
// catalogue lacks, entries that nothing uses, plural forms that the language
// lacks or does not have, and places for names and numbers that differ. It is for
// tests only and changes files only where it is told to.
package catalogue
