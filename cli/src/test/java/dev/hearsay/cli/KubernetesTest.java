package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.math.Quorum;
import dev.hearsay.live.profile.SeedConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files in {@code deploy/kubernetes} are what Kubernetes takes, and fit together. */
class KubernetesTest {

    private static final Path FILES = dev.hearsay.cli.Deployment.FILES.resolve("kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1 Service", Service.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "apps/v1 StatefulSet", StatefulSet.class,
            "apps/v1 Deployment", Deployment.class);

    private static StatefulSet seeds;
    private static Service service;
    private static PodDisruptionBudget budget;
    private static Deployment peers;

    /** Kubernetes' own classes, with fields that they do not know refused rather than kept. */
    private static ObjectMapper strict() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                })
                .build();
    }

    private static HasMetadata read(Object document) {
        JsonNode json = new ObjectMapper().valueToTree(document);
        String kind = json.get("apiVersion").asText() + " " + json.get("kind").asText();
        assertThat(KINDS).containsKey(kind);
        return strict().convertValue(json, KINDS.get(kind));
    }

    @BeforeAll
    static void readAll() throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        JsonNode kustomization =
                new ObjectMapper().valueToTree(new Yaml().load(Files.readString(FILES.resolve("kustomization.yaml"))));
        for (JsonNode file : kustomization.get("resources")) {
            new Yaml()
                    .loadAll(Files.readString(FILES.resolve(file.asText())))
                    .forEach(document -> all.add(read(document)));
        }
        for (HasMetadata one : all) {
            switch (one) {
                case StatefulSet set -> seeds = set;
                case Service found -> service = found;
                case PodDisruptionBudget found -> budget = found;
                case Deployment found -> peers = found;
                default -> throw new AssertionError(one);
            }
        }
        assertThat(all).hasSize(4);
        assertThat(kustomization.at("/configMapGenerator/0/name").asText())
                .isEqualTo(seeds.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes()
                        .getFirst()
                        .getConfigMap()
                        .getName());
    }

    @Test
    void fieldsThatKubernetesDoesNotKnowAreRefused() {
        assertThatThrownBy(
                        () -> read(Map.of("apiVersion", "v1", "kind", "Service", "spec", Map.of("clusterIp", "None"))))
                .hasMessageContaining("clusterIp");
    }

    @Test
    void theDisruptionBudgetIsTheQuorumOfTheSeeds() throws Exception {
        int replicas = seeds.getSpec().getReplicas();
        assertThat(budget.getSpec().getMinAvailable().getIntVal()).isEqualTo(Quorum.size(replicas));
        assertThat(budget.getSpec().getSelector().getMatchLabels())
                .isEqualTo(seeds.getSpec().getTemplate().getMetadata().getLabels());
        List<NodeId> configured = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            configured.add(new NodeId(
                    seeds.getMetadata().getName() + "-" + i + "."
                            + service.getMetadata().getName(),
                    6000));
        }
        assertThat(SeedConfig.read(FILES.resolve("config.txt")).seeds().keySet())
                .containsExactlyElementsOf(configured);
    }

    @Test
    void theServiceIsHeadlessAndKnowsSeedsThatAreStarting() {
        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(seeds.getSpec().getServiceName())
                .isEqualTo(service.getMetadata().getName());
        assertThat(service.getSpec().getSelector())
                .isEqualTo(seeds.getSpec().getTemplate().getMetadata().getLabels());
    }

    @Test
    void podsAreProbedBoundedAndUnprivileged() {
        for (PodSpec pod : List.of(
                seeds.getSpec().getTemplate().getSpec(),
                peers.getSpec().getTemplate().getSpec())) {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            List<Container> all = new ArrayList<>(pod.getContainers());
            all.addAll(pod.getInitContainers());
            for (Container container : all) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
                List<String> volumes = pod.getVolumes().stream()
                        .map(volume -> volume.getName())
                        .toList();
                container
                        .getVolumeMounts()
                        .forEach(mount -> assertThat(mount.getName())
                                .satisfiesAnyOf(
                                        name -> assertThat(volumes).contains(name),
                                        name -> assertThat(name).isEqualTo("data")));
            }
            Container main = pod.getContainers().getFirst();
            assertThat(main.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
            assertThat(main.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
            assertThat(main.getPorts())
                    .anyMatch(port -> port.getName()
                            .equals(main.getLivenessProbe()
                                    .getHttpGet()
                                    .getPort()
                                    .getStrVal()));
        }
    }

    @Test
    void commandLinesAreTakenByTheProgram() {
        for (PodSpec pod : List.of(
                seeds.getSpec().getTemplate().getSpec(),
                peers.getSpec().getTemplate().getSpec())) {
            String[] words = pod.getContainers().getFirst().getArgs().stream()
                    .map(word -> word.replace("$(POD_IP)", "10.0.0.1").replace("$(POD_NAME)", "seed-0"))
                    .toArray(String[]::new);
            DeploymentFilesTest.parse(words, null);
        }
    }
}
