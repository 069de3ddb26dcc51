// Kubo's own command line: nothing is added to it, so `ipfs help` of the published program is true of this one.
package main

import (
	"os"

	"github.com/ipfs/kubo/cmd/ipfs/kubo"
)

func main() {
	os.Exit(kubo.Start(kubo.BuildDefaultEnv))
}
