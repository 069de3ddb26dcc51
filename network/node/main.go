// A validator of the consortium: Kaia's service-chain node, less its console, with what no flag of it can do:
//   - a round waits for its proposer as long as is asked for (10 s there: one dead validator would stop the chain for 10 s
//     again and again);
//   - it listens on one address;
//   - it turns to the other validators once it can answer them, and every second or two until it is connected (there a
//     moment too early, and then after 30 s);
//   - it fetches blocks without leaving the consensus (there it cuts off the very peers that it fetches from);
//   - it takes no vote on the round's time, which in this version halts the chain for good two epochs later.
//
// SPDX-License-Identifier: GPL-3.0-only
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/kaiachain/kaia/api/debug"
	"github.com/kaiachain/kaia/cmd/utils"
	"github.com/kaiachain/kaia/cmd/utils/nodecmd"
	"github.com/kaiachain/kaia/consensus/istanbul"
	"github.com/kaiachain/kaia/datasync/downloader"
	"github.com/kaiachain/kaia/event"
	"github.com/kaiachain/kaia/governance"
	"github.com/kaiachain/kaia/networks/p2p"
	"github.com/kaiachain/kaia/networks/p2p/discover"
	"github.com/kaiachain/kaia/node"
	"github.com/kaiachain/kaia/node/cn"
	"github.com/kaiachain/kaia/params"
	"github.com/urfave/cli/v2"
)

var (
	round  = &cli.DurationFlag{Name: "round-timeout", Value: 2 * time.Second, Usage: "how long a round waits"}
	listen = &cli.StringFlag{Name: "listen", Value: "127.0.0.1:32323", Usage: "address for the other validators"}
	peers  = &cli.StringFlag{Name: "peers", Usage: "the other validators' kni:// addresses, with commas between"}
)

func main() {
	utils.NodeTypeFlag.Value = "cn"
	utils.NetworkTypeFlag.Value = utils.SCNNetworkType
	governance.GovernanceForbiddenKeyMap["istanbul.timeout"] = params.Timeout

	app := utils.NewApp(nodecmd.GetGitCommit(), "A validator of the relief ledger's consortium")
	app.Flags = append(utils.KscnAppFlags(), round, listen, peers)
	app.Commands = []*cli.Command{nodecmd.InitCommand}
	app.Action = run
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

func run(ctx *cli.Context) error {
	stack := nodecmd.MakeFullNode(ctx)
	utils.StartNode(stack)
	var chain *cn.CN
	if err := stack.Service(&chain); err != nil {
		return err
	}
	if err := chain.StartMining(false); err != nil {
		return err
	}
	go stayInConsensus(stack.EventMux())
	others, err := nodes(ctx.String(peers.Name))
	if err != nil {
		return err
	}
	go keepConnected(stack.Server(), others)
	stack.Wait()
	return nil
}

// stayInConsensus sees to it that fetching blocks does not end this validator's part in the consensus. The node would end it
// for the first fetching since its start, and the connection to each peer that sends it a message of the consensus
// meanwhile: the blocks asked for never came, and it was back after a minute. Once it has heard that a fetching is done it
// listens no more; when it begins to listen is its own affair, some time in its first second.
func stayInConsensus(events *event.TypeMux) {
	for range 20 {
		if events.Post(downloader.DoneEvent{}) != nil {
			return // The node ends.
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func nodes(urls string) (found []*discover.Node, err error) {
	for _, url := range strings.FieldsFunc(urls, func(r rune) bool { return r == ',' }) {
		one, err := discover.ParseNode(url)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// keepConnected turns to the others again and again until there is a connection. In the first round only one of two
// turns to the other, and later not at the same time: connections that meet half-way end each other.
func keepConnected(server p2p.Server, others []*discover.Node) {
	for first := true; ; first = false {
		connected := map[string]bool{}
		for _, peer := range server.PeersInfo() {
			connected[peer.ID] = true
		}
		for _, other := range others {
			if id := other.ID.String(); !connected[id] && !(first && id > server.NodeInfo().ID) {
				server.RemovePeer(other)
				server.AddPeer(other)
			}
		}
		time.Sleep(time.Second + time.Duration(rand.Int63n(int64(time.Second))))
	}
}
