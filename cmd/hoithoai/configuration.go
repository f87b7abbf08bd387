package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hoithoai/runtime/config"
)

// configFlag is the flag of every verb of an operator that names the configuration.
func (a *app) configFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "config", "hoithoai.toml", a.say("tệp cấu hình TOML", "TOML configuration file"))
}

// configuration reads a configuration file; a wrong one is a wrong use, told in the chosen language.
func (a *app) configuration(path string) (config.Deployment, error) {
	d, err := a.readConfiguration(path)
	if _, ok := errors.AsType[config.Faults](err); ok {
		return d, usageError{a.faulty(err)}
	}
	return d, err
}

// readConfiguration reads a configuration file; of a wrong one the error is config.Faults.
func (a *app) readConfiguration(path string) (config.Deployment, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return config.Deployment{}, fmt.Errorf(a.say("đọc cấu hình: %w", "read configuration: %w"), err)
	}
	return config.Parse(path, text)
}

// faulty says in the chosen language what is wrong with a configuration file.
func (a *app) faulty(err error) error {
	f, ok := errors.AsType[config.Faults](err)
	if !ok {
		return err
	}
	return errors.New(a.say("cấu hình có chỗ sai:\n", "the configuration has faults:\n") + f.In(a.lang()))
}
