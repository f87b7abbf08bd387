package redistest

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

// StartReplica starts a server that copies another one, and returns when it has all of it.
func StartReplica(tb testing.TB, of *Server, settings ...string) *Server {
	tb.Helper()
	s := Start(tb, settings...)
	s.Follow(of)
	return s
}

// Follow makes a server the replica of another one, and returns when it has all of it and the other one knows.
func (s *Server) Follow(of *Server) {
	s.tb.Helper()
	host, port, err := net.SplitHostPort(of.Addr)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.command("REPLICAOF", host, port)
	s.linked(of)
}

// Cut takes a replica off its server at once, as a broken cable does: it keeps what it has and gets no more.
func (s *Server) Cut() {
	s.tb.Helper()
	s.command("REPLICAOF", "127.0.0.1", strconv.Itoa(FreePort(s.tb)))
}

// Promote makes a replica a server of its own with what it has received.
func (s *Server) Promote() {
	s.tb.Helper()
	s.command("REPLICAOF", "NO", "ONE")
}

// Set changes a setting of a running server.
func (s *Server) Set(name, value string) {
	s.tb.Helper()
	s.command("CONFIG", "SET", name, value)
}

func (s *Server) command(words ...any) {
	s.tb.Helper()
	c := s.client()
	defer c.Close()
	if err := c.Do(context.Background(), words...).Err(); err != nil {
		s.tb.Fatalf("%v: %v", words, err)
	}
}

// linked waits until a replica has everything and its server counts it.
func (s *Server) linked(of *Server) {
	s.tb.Helper()
	mine, its := s.client(), of.client()
	defer mine.Close()
	defer its.Close()
	s.until(func(ctx context.Context) error {
		return errors.Join(says(ctx, mine, "master_link_status:up"), says(ctx, its, "state=online"))
	})
}

func says(ctx context.Context, c *redis.Client, what string) error {
	text, err := c.Info(ctx, "replication").Result()
	if err == nil && !strings.Contains(text, what) {
		err = errors.New("replication does not say " + what)
	}
	return err
}

// StartReplicatedCluster starts a cluster in which every master has one replica; settings hold for all of them. The master of a
// slot may die: after its timeout of half a second the replica takes over.
func StartReplicatedCluster(tb testing.TB, masters int, settings ...string) *Cluster {
	tb.Helper()
	settings = append([]string{"--cluster-node-timeout", "500", "--cluster-replica-validity-factor", "0"}, settings...)
	c := startCluster(tb, masters, settings...)
	for _, m := range c.Masters {
		s := prepareNode(tb, settings...)
		s.launch()
		s.await()
		c.Replicas = append(c.Replicas, s)
		s.copies(m)
	}
	return c
}

// copies makes a node of a cluster the replica of a master.
func (s *Server) copies(m *Server) {
	s.tb.Helper()
	client, master := s.client(), m.client()
	defer client.Close()
	defer master.Close()
	s.until(func(ctx context.Context) error {
		id, err := master.Do(ctx, "CLUSTER", "MYID").Text()
		if err != nil {
			return err
		}
		return errors.Join(m.introduce(ctx, client), client.Do(ctx, "CLUSTER", "REPLICATE", id).Err())
	})
	s.linked(m)
}
