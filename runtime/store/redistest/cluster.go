package redistest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

// slots is the number of hash slots of a cluster.
const slots = 16384

// Cluster is a cluster of masters on this machine.
type Cluster struct {
	Masters  []*Server
	Replicas []*Server // Replicas[i] copies Masters[i]; none unless they were asked for
}

// StartCluster starts masters servers, gives each an even share of the slots and returns when all of them see a whole
// cluster.
func StartCluster(tb testing.TB, masters int) *Cluster {
	tb.Helper()
	return startCluster(tb, masters, "--cluster-node-timeout", "5000")
}

func startCluster(tb testing.TB, masters int, settings ...string) *Cluster {
	tb.Helper()
	c := &Cluster{}
	for range masters {
		s := prepareNode(tb, settings...)
		s.launch()
		c.Masters = append(c.Masters, s)
	}
	for i, s := range c.Masters {
		s.await()
		s.join(i, masters, c.Masters[0])
	}
	for _, s := range c.Masters {
		s.whole(masters)
	}
	return c
}

// prepareNode prepares a server that is to be a node of a cluster.
func prepareNode(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s := prepare(tb, settings...)
	s.args = append(s.args, "--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(FreePort(tb)),
		"--cluster-config-file", filepath.Join(s.dir, "nodes.conf"))
	return s
}

// URL is the address for package redis.
func (c *Cluster) URL() string {
	addrs := make([]string, len(c.Masters))
	for i, s := range c.Masters {
		addrs[i] = s.Addr
	}
	return "redis+cluster://" + strings.Join(addrs, ",")
}

// join takes the node's share of the slots and meets the first node.
func (s *Server) join(i, masters int, first *Server) {
	s.tb.Helper()
	client := s.client()
	defer client.Close()
	ctx := context.Background()
	from, to := slots*i/masters, slots*(i+1)/masters-1
	err := errors.Join(
		client.Do(ctx, "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err(),
		client.Do(ctx, "CLUSTER", "ADDSLOTSRANGE", from, to).Err(),
		first.introduce(ctx, client),
	)
	if err != nil {
		s.tb.Fatalf("join cluster: %v", err)
	}
}

func (s *Server) introduce(ctx context.Context, to *redis.Client) error {
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	return to.Do(ctx, "CLUSTER", "MEET", host, port, s.busPort()).Err()
}

// busPort is the value of the setting --cluster-port.
func (s *Server) busPort() string {
	for i, a := range s.args {
		if a == "--cluster-port" {
			return s.args[i+1]
		}
	}
	return ""
}

// whole waits until the node sees every master and every slot.
func (s *Server) whole(masters int) {
	s.tb.Helper()
	client := s.client()
	defer client.Close()
	s.until(func(ctx context.Context) error {
		info, err := client.ClusterInfo(ctx).Result()
		if err != nil {
			return err
		}
		for _, want := range []string{"cluster_state:ok", fmt.Sprintf("cluster_slots_ok:%d", slots), fmt.Sprintf("cluster_size:%d", masters)} {
			if !strings.Contains(info, want+"\r\n") {
				return fmt.Errorf("cluster is not whole: no %s", want)
			}
		}
		return nil
	})
}
