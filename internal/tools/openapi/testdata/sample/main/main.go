// Command main has no annotations of its own.
package main

func main() {}
