import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { Caps, leftOut, rowsOf } from "./caps";

const colour = (percent: number) => (percent >= 100 ? "#c62828" : percent >= 80 ? "#ef6c00" : "#2e7d32");

/** The caps that are filling up, asked for anew every half minute. */
export const Monitor = () => {
  const [atLeast, setAtLeast] = useState(50);
  const { data, error, loading } = useQuery(Caps, { pollInterval: 30_000, errorPolicy: "all" });
  const rows = data ? rowsOf(data, atLeast) : [];
  const incomplete = data && leftOut(data);
  return (
    <>
      <label>
        At least <input type="number" value={atLeast} onChange={({ target }) => setAtLeast(target.valueAsNumber || 0)} /> % full
      </label>
      {error && <p role="alert">{error.message}</p>}
      {incomplete && <p role="alert">{incomplete}</p>}
      {loading && !data && <p>Loading …</p>}
      {data && !rows.length && <p>No cap is that full.</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Offer</th>
              <th>Cap</th>
              <th>Used</th>
              <th>Full</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, offer, limit, current, value, percent }) => (
              <tr key={key}>
                <td>{offer}</td>
                <td>{limit}</td>
                <td>
                  {current} of {value}
                </td>
                <td>
                  <meter min={0} max={100} value={Math.min(percent, 100)} />{" "}
                  <strong style={{ color: colour(percent) }}>{percent} %</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
