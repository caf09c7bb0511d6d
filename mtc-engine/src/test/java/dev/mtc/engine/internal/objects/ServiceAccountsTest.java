package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class ServiceAccountsTest {

    @Test
    void apply_generatedSecrets_areDropped() {
        TransformCase.of(
                        new ServiceAccounts(TransformCase.settings()),
                        "serviceaccounts",
                        """
kind: ServiceAccount
metadata: {name: web}
secrets: [{name: web-token-abcde}, {name: web-dockercfg-abcde}, {name: mine}]
imagePullSecrets: [{name: web-dockercfg-abcde}]
""")
                .becomes("""
kind: ServiceAccount
metadata: {name: web}
secrets: [{name: mine}]
""");
    }

    @Test
    void apply_bareDefault_isSkipped() {
        TransformCase.of(
                        new ServiceAccounts(TransformCase.settings()),
                        "serviceaccounts",
                        """
kind: ServiceAccount
metadata: {name: default}
secrets: [{name: default-token-abcde}]
""")
                .isSkipped("every namespace");
    }

    @Test
    void apply_defaultWithPullSecretOfUser_isKept() {
        TransformCase.of(
                        new ServiceAccounts(TransformCase.settings()),
                        "serviceaccounts",
                        """
kind: ServiceAccount
metadata: {name: default}
imagePullSecrets: [{name: mine}]
""")
                .isKept();
    }

    @Test
    void apply_pullSecretGiven_isAddedOnce() {
        TransformCase.of(
                        new ServiceAccounts(TransformCase.settings().pullSecret("pull")),
                        "serviceaccounts",
                        """
kind: ServiceAccount
metadata: {name: default}
imagePullSecrets: [{name: pull}]
""")
                .becomes("""
kind: ServiceAccount
metadata: {name: default}
imagePullSecrets: [{name: pull}]
""");
    }

    @Test
    void apply_pullSecretGiven_isAdded() {
        TransformCase.of(
                        new ServiceAccounts(TransformCase.settings().pullSecret("pull")),
                        "serviceaccounts",
                        """
kind: ServiceAccount
metadata: {name: web}
""")
                .becomes("""
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets: [{name: pull}]
""");
    }
}
