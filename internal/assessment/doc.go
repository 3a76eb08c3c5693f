// Package assessment (考核) computes the score of agencies for a term by a scheme that is data. It is
// pure: what is scored is given, and every point says what it was made of.
//
// A Tally gathers what there is of one agency, one indicator at a time, and holds sums, not the
// indicators. Compute makes the points, ranks and grades of all of them. It reckons with the
// figures as they are printed, and prints each part of a score once: whoever adds up what they
// read comes to the same total.
package assessment
