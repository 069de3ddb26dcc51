// A validator of the consortium: Kaia's service-chain node, less its console, with three things set that no flag of it
// can: how long a round waits for its proposer (10 s there, so that one dead validator would stop the chain for 10 s
// again and again), the one address that it listens on, and that nobody votes to change the round's time, which in this
// version halts the chain for good two epochs later.
//
// SPDX-License-Identifier: GPL-3.0-only
package main

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/kaiachain/kaia/api/debug"
	"github.com/kaiachain/kaia/cmd/utils"
	"github.com/kaiachain/kaia/cmd/utils/nodecmd"
	"github.com/kaiachain/kaia/consensus/istanbul"
	"github.com/kaiachain/kaia/governance"
	"github.com/kaiachain/kaia/node"
	"github.com/kaiachain/kaia/params"
	"github.com/urfave/cli/v2"
)

func main() {
	utils.NodeTypeFlag.Value = "cn"
	utils.NetworkTypeFlag.Value = utils.SCNNetworkType
	governance.GovernanceForbiddenKeyMap["istanbul.timeout"] = params.Timeout
	round := &cli.DurationFlag{Name: "round-timeout", Value: 2 * time.Second, Usage: "how long a round waits"}
	listen := &cli.StringFlag{Name: "listen", Value: "127.0.0.1:32323", Usage: "address and port for the other validators"}

	app := utils.NewApp(nodecmd.GetGitCommit(), "A validator of the relief ledger's consortium")
	app.Flags = append(utils.KscnAppFlags(), round, listen)
	app.Commands = []*cli.Command{nodecmd.InitCommand}
	app.Action = nodecmd.RunKaiaNode
	app.CommandNotFound = nodecmd.CommandNotExist
	app.OnUsageError = nodecmd.OnUsageError
	app.Before = func(ctx *cli.Context) error {
		atomic.StoreUint64(&istanbul.DefaultConfig.Timeout, uint64(ctx.Duration(round.Name).Milliseconds()))
		node.DefaultConfig.P2P.ListenAddr = ctx.String(listen.Name)
		return nodecmd.BeforeRunNode(ctx)
	}
	app.After = func(*cli.Context) error { debug.Exit(); return nil }
	if err := app.Run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
